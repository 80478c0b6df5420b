/** A kept statement on paper, and its confirmation by whose it is: with date and hash. */
import { Button } from "antd";
import { FileText, PenLine } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { StatementStanding } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { formatMoney } from "../../../components/format";
import { Answer } from "../../../components/Page";
import { useLanguage } from "../../../i18n";
import { useConfirming } from "../useConfirming";
import { useSaved } from "../useSaved";
import { useStanding } from "../useStanding";

export function Papers({ period, plan, person }: { period: string; plan?: string; person: string }) {
  const standing = useRead("get_statement_confirmation", { period, ...(plan !== undefined && { plan }), person });
  return <Answer query={standing}>{(view) => <Standing view={view} period={period} />}</Answer>;
}

function Standing({ view, period }: { view: StatementStanding; period: string }) {
  const { t } = useTranslation();
  const standing = useStanding();
  const confirm = useConfirming(period, view.plan);
  const { row } = view;
  return (
    <section className="statement-papers" data-testid="statement-papers">
      <div>
        <span data-testid="statement-standing">{view.approved ? standing(row) : t("bonus.papers.draft")}</span>
        {view.approved && row.held && <strong> · {t("bonus.papers.held")}</strong>}
        <code className="statement-hash" data-testid="statement-hash">{t("bonus.papers.hash", { hash: row.hash })}</code>
      </div>
      <div className="page-actions">
        <Pdf period={period} plan={view.plan} person={row.person} name={row.name} />
        {view.may_confirm_on_paper && (
          <Button icon={<PenLine size={14} />} onClick={() => confirm(row, true)} data-testid="statement-on-paper">
            {t("bonus.papers.onPaper")}
          </Button>
        )}
        {view.may_confirm && (
          <Button type="primary" onClick={() => confirm(row, false)} data-testid="statement-confirm">
            {t("bonus.papers.confirm", { amount: formatMoney(row.payout) })}
          </Button>
        )}
      </div>
    </section>
  );
}

export function Pdf({ period, plan, person, name, small }: { period: string; plan: string; person: string; name: string; small?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const saved = useSaved();
  const write = useCommand("export_statement");
  return (
    <Button
      size={small ? "small" : "middle"}
      icon={<FileText size={14} />}
      loading={write.isPending}
      aria-label={t("bonus.papers.pdfOf", { name })}
      onClick={() => write.mutate({ period, plan, person, language }, saved)}
      data-testid="statement-pdf"
    >
      {t("bonus.papers.pdf")}
    </Button>
  );
}
