/** Whose statements of a period are confirmed, and whose not. */
import { Button, Pagination, Segmented } from "antd";
import { FileText } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ConfirmationState, StatementConfirmations } from "../../../backend/generated";
import { useRead, useTask } from "../../../backend/query";
import { currencySymbol, formatAmount, MISSING } from "../../../components/format";
import { Answer, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { TaskProgress } from "../../../components/TaskProgress";
import { useLanguage } from "../../../i18n";
import { Pdf } from "../statement/Papers";
import { useConfirming } from "../useConfirming";
import { useSaved } from "../useSaved";
import { useStanding } from "../useStanding";

const PAGE = 100;
const STATES = ["all", "open", "changed", "confirmed"] as const;
type Filter = (typeof STATES)[number];

export function Confirmations({ period, plan, choice }: { period: string; plan: string; choice: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [state, setState] = useState<Filter>("all");
  const [page, setPage] = useState(1);
  const saved = useSaved();
  const all = useTask("export_statements");
  const list = useRead(
    "list_statement_confirmations",
    { period, plan, ...(state !== "all" && { state: state satisfies ConfirmationState }), offset: (page - 1) * PAGE, limit: PAGE },
    { placeholderData: (before) => before },
  );
  const choose = (value: Filter) => {
    setState(value);
    setPage(1);
  };
  return (
    <Answer query={list}>
      {(view) => (
        <Section
          title={t("bonus.papers.list.title")}
          context={<span data-testid="statement-counts">{view.approved ? t("bonus.papers.list.counts", { confirmed: view.confirmed, open: view.open, changed: view.changed }) : t("bonus.papers.draft")}</span>}
          actions={
            <>
              {choice}
              <Button icon={<FileText size={15} />} loading={all.isPending} onClick={() => all.mutate({ period, plan: view.plan, language }, saved)} data-testid="statements-pdf">
                {t("bonus.papers.pdfAll")}
              </Button>
            </>
          }
          testId="statement-confirmations"
        >
          {all.isPending && <TaskProgress progress={all.progress} cancelling={all.cancelling} onCancel={all.cancel} />}
          <Segmented<Filter>
            aria-label={t("bonus.papers.list.filter")}
            value={state}
            onChange={choose}
            options={STATES.map((value) => ({ value, label: t(`bonus.papers.list.${value}`) }))}
          />
          <List view={view} period={period} />
          {view.total > PAGE && <Pagination current={page} pageSize={PAGE} total={view.total} showSizeChanger={false} onChange={setPage} />}
        </Section>
      )}
    </Answer>
  );
}

function List({ view, period }: { view: StatementConfirmations; period: string }) {
  const { t } = useTranslation();
  const may = useRights();
  const standing = useStanding();
  const confirm = useConfirming(period, view.plan);
  const [first] = view.rows;
  if (!first) return <p className="quiet">{t("bonus.papers.list.none")}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="payroll-scroll" tabIndex={0} role="region" aria-label={t("bonus.papers.list.title")}>
      <table className="plain-table" aria-label={t("bonus.papers.list.title")}>
        <thead>
          <tr>
            <th scope="col">{t("bonus.papers.list.name")}</th>
            <th scope="col">{t("bonus.papers.list.team")}</th>
            <th scope="col" className="number">{t("bonus.papers.list.payout", { symbol: currencySymbol(first.payout.currency).trim() })}</th>
            <th scope="col">{t("bonus.papers.list.state")}</th>
            <th scope="col">{t("bonus.papers.list.actions")}</th>
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <tr key={row.person} data-testid={`confirmation-${row.person}`}>
              <th scope="row">
                {row.name} {row.staff_number !== undefined && <span className="staff">{row.staff_number}</span>}
              </th>
              <td>{row.team ?? MISSING}</td>
              <td className="number figure">{formatAmount(row.payout)}</td>
              <td>{row.held ? t("bonus.papers.held") : standing(row)}</td>
              <td>
                <span className="payroll-actions">
                  {view.approved && !row.held && row.state !== "confirmed" && may("run_bonus") && (
                    <Button size="small" aria-label={t("bonus.papers.onPaperOf", { name: row.name })} onClick={() => confirm(row, true)}>
                      {t("bonus.papers.onPaper")}
                    </Button>
                  )}
                  <Pdf period={period} plan={view.plan} person={row.person} name={row.name} small />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
