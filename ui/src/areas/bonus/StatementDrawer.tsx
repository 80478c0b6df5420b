/** One person's statement: what is paid, the steps that made it, and the deals that count. */
import { Link } from "@tanstack/react-router";
import { Button, Checkbox, Drawer } from "antd";
import { Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../backend/backend";
import type { GetStatement, StatementSummary, StatementView, TraceStep } from "../../backend/generated";
import { useCommand, useRead } from "../../backend/query";
import { AttainmentBar } from "../../components/AttainmentBar";
import { Money, Percent } from "../../components/figures";
import { formatCount, signOf } from "../../components/format";
import { MessageText, Notes } from "../../components/MessageText";
import { Answer } from "../../components/Page";
import { periodLabel } from "../../components/period";
import { RecordTable } from "../../components/RecordTable";
import { useToast } from "../../components/useToast";
import { useLanguage, useWord } from "../../i18n";
import { useSay } from "../../i18n/say";
import { readFormula, readValue, type Shown } from "./formula";
import { statementText } from "./statementText";
import { useCopy } from "./useCopy";
import { useFormulaWords } from "./useFormulaWords";

interface Props {
  period: string;
  summary: StatementSummary;
  /** As it would be now, whatever run is kept. */
  preview: boolean;
  onClose: () => void;
}

export function StatementDrawer({ period, summary, preview, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const asked = { period, person: summary.person, preview };
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
      <Answer query={statement}>{(view) => <Statement view={view} />}</Answer>
    </Drawer>
  );
}

function Statement({ view }: { view: StatementView }) {
  const { t } = useTranslation();
  const { summary } = view;
  return (
    <>
      <section className="statement-head">
        <Fact label={t("bonus.statement.goal")}>
          <Money value={summary.goal} />
        </Fact>
        <Fact label={t("bonus.statement.actual")}>
          <Money value={summary.actual} />
        </Fact>
        <Fact label={t("bonus.statement.attainment")}>
          <Percent value={summary.attainment} />
          <AttainmentBar value={summary.attainment} label={t("bonus.statement.attainment")} />
        </Fact>
        <Fact label={t("bonus.statement.targetBonus")}>
          <Money value={summary.target_bonus} />
        </Fact>
        <Fact label={t("bonus.statement.payout")} strong>
          <Money value={summary.payout} />
        </Fact>
      </section>
      {summary.notes.length > 0 && (
        <div className="statement-notes">
          <Notes messages={summary.notes} tone={signOf(summary.payout.amount) > 0 ? "info" : "warning"} />
          {summary.target_bonus === null && <Link to="/settings" search={{ section: "bonuses" }}>{t("bonus.toSettings")}</Link>}
        </div>
      )}
      <Calculation view={view} />
      {view.lines.length > 0 && (
        <section className="statement-part">
          <h3>{t("bonus.statement.lines")}</h3>
          <table className="plain-table">
            <tbody>
              {view.lines.map((line, index) => (
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={`${line.label.code}-${index}`}>
                  <th scope="row">
                    <MessageText message={line.label} />
                  </th>
                  <td className="number">
                    <Money value={line.amount} />
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("bonus.statement.payout")}</th>
                <td className="number">
                  <Money value={summary.payout} />
                </td>
              </tr>
            </tfoot>
          </table>
        </section>
      )}
      <section className="statement-part">
        <h3>{t("bonus.statement.deals", { deals: formatCount(view.deals.length) })}</h3>
        <RecordTable rows={view.deals} count={view.deals.length} currency={summary.actual.currency} maxHeight={360} />
      </section>
      <p className="statement-proof quiet">
        {t("bonus.statement.proof", { version: view.engine_version, hash: view.inputs_hash })}
        {view.audit_head && <span data-testid="statement-mark"> · {t("bonus.statement.mark", { head: view.audit_head })}</span>}
      </p>
    </>
  );
}

function Fact({ label, strong, children }: { label: string; strong?: boolean; children: React.ReactNode }) {
  return (
    <div className={strong ? "fact fact-strong" : "fact"}>
      <span className="quiet">{label}</span>
      <strong>{children}</strong>
    </div>
  );
}

/** The steps in words; what the program calculated with, to the last digit, by one click. */
function Calculation({ view }: { view: StatementView }) {
  const { t } = useTranslation();
  const [exact, setExact] = useState(false);
  return (
    <section className="statement-part">
      <header className="steps-head">
        <h3>{t("bonus.statement.calculation")}</h3>
        <Checkbox checked={exact} onChange={(event) => setExact(event.target.checked)} data-testid="statement-exact">
          {t("bonus.exactShow")}
        </Checkbox>
      </header>
      <ol className="steps">
        {view.steps.map((step, index) => (
          // Steps are in a fixed order; one kind may come twice.
          // oxlint-disable-next-line react/no-array-index-key
          <StepLine key={`${step.step}-${index}`} step={step} currency={view.summary.payout.currency} exact={exact} />
        ))}
      </ol>
    </section>
  );
}

function StepLine({ step, currency, exact }: { step: TraceStep; currency: string; exact: boolean }) {
  const word = useWord();
  const words = useFormulaWords();
  const formula = readFormula(step, words);
  return (
    <li className="step" data-testid={`step-${step.step}`}>
      <span className="step-name">{word("bonus.step", step.step)}</span>
      <span className="step-words">
        <MessageText message={step.explain} />
        {formula && <Told {...formula} withExact={exact} className="step-formula" />}
      </span>
      <Told {...readValue(step, currency, words)} withExact={exact} className="step-value figure" />
    </li>
  );
}

/** A text for people; the exact one on hover, or below it. */
function Told({ shown, exact, withExact, className }: Shown & { withExact: boolean; className: string }) {
  const { t } = useTranslation();
  return (
    <span className={className} title={exact === null ? undefined : t("bonus.exact", { value: exact })}>
      {shown}
      {exact !== null && withExact && <code className="step-exact">{exact}</code>}
    </span>
  );
}

function CopyStatement({ view, title, asked }: { view: StatementView; title: string; asked: GetStatement }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const toast = useToast();
  const { mutateAsync: record, isPending } = useCommand("copy_statement");
  const word = useWord();
  const say = useSay();
  const formula = useFormulaWords();
  const words = {
    say,
    formula,
    step: (code: string) => word("bonus.step", code),
    payout: t("bonus.statement.payout"),
    exact: (value: string) => t("bonus.exact", { value }),
    mark: (head: string) => t("bonus.statement.mark", { head }),
  };
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
