/** One person's statement in a drawer, and its copy as text. */
import { Button, Drawer } from "antd";
import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { GetStatement, StatementSummary, StatementView } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { Answer } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useToast } from "../../../components/useToast";
import { useLanguage, useWord } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { useAdjustmentWords } from "../adjustments/useAdjustmentWords";
import { useCopy } from "../useCopy";
import { Papers } from "./Papers";
import { Statement } from "./Statement";
import { statementText, type StatementWords } from "./statementText";
import { useFormulaWords } from "./useFormulaWords";

interface Props {
  period: string;
  /** Absent: the plan of everybody. */
  plan?: string;
  summary: StatementSummary;
  /** As it would be now, whatever run is kept. */
  preview: boolean;
  onClose: () => void;
}

export function StatementDrawer({ period, plan, summary, preview, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const asked = { period, ...(plan === undefined ? {} : { plan }), person: summary.person, preview };
  const statement = useRead("get_statement", asked);
  const title = [summary.name, summary.staff_number, periodLabel(period, t, language)].filter(Boolean).join(" · ");
  return (
    <Drawer
      open
      onClose={onClose}
      size={860}
      title={title}
      classNames={{ body: "statement-body" }}
      data-testid="statement-drawer"
      extra={statement.data && <CopyStatement view={statement.data} title={title} asked={asked} />}
    >
      {!preview && <Papers period={period} {...(plan !== undefined && { plan })} person={summary.person} />}
      <Answer query={statement}>{(view) => <Statement view={view} />}</Answer>
    </Drawer>
  );
}

function CopyStatement({ view, title, asked }: { view: StatementView; title: string; asked: GetStatement }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const toast = useToast();
  const { mutateAsync: record, isPending } = useCommand("copy_statement");
  const say = useSay();
  const words = useStatementWords();
  // It is in the audit log before it leaves the program, or it does not leave.
  const recorded = () =>
    void record(asked).then(
      () => copy(statementText(view, title, words)),
      (error: unknown) => toast.failed(say(BackendError.from(error))),
    );
  return (
    <Button size="small" icon={<Copy size={14} />} loading={isPending} onClick={recorded}>
      {t("bonus.statement.copy")}
    </Button>
  );
}

function useStatementWords(): StatementWords {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  return {
    say: useSay(),
    formula: useFormulaWords(),
    name: ({ name_zh, name_en }) => (language === "en" ? name_en : name_zh),
    step: (code) => word("bonus.step", code),
    payout: t("bonus.statement.payout"),
    blocked: t("bonus.blocked"),
    refunded: t("bonus.statement.refunded"),
    gross: (label) => t("bonus.statement.gross", { label }),
    refundOf: (on, label) => t("bonus.statement.refundOf", { on, label }),
    pays: t("bonus.statement.pays"),
    unpaid: t("bonus.statement.unpaid"),
    adjustment: useAdjustmentWords(),
    exact: (value) => t("bonus.exact", { value }),
    mark: (head) => t("bonus.statement.mark", { head }),
  };
}
