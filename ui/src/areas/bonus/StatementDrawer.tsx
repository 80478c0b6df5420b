/** One person's statement: what is paid, the steps that made it, and the deals that count. */
import { Link } from "@tanstack/react-router";
import { Button, Drawer, Tooltip } from "antd";
import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { StatementSummary, StatementView, TraceStep } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { AttainmentBar } from "../../components/AttainmentBar";
import { Money, Percent } from "../../components/figures";
import { formatCount, signOf } from "../../components/format";
import { MessageText, Notes } from "../../components/MessageText";
import { Answer } from "../../components/Page";
import { periodLabel } from "../../components/period";
import { RecordTable } from "../../components/RecordTable";
import { useLanguage, useWord } from "../../i18n";
import { useSay } from "../../i18n/say";
import { readableFormula, stepValue } from "./formula";
import { statementText } from "./statementText";
import { useCopy } from "./useCopy";

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
  const statement = useRead("get_statement", { period, person: summary.person, preview });
  const title = [summary.name, summary.staff_number, periodLabel(period, t, language)].filter(Boolean).join(" · ");
  return (
    <Drawer
      open
      onClose={onClose}
      size={860}
      title={title}
      classNames={{ body: "statement-body" }}
      data-testid="statement-drawer"
      extra={statement.data && <CopyStatement view={statement.data} title={title} />}
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
      <section className="statement-part">
        <h3>{t("bonus.statement.calculation")}</h3>
        <ol className="steps">
          {view.steps.map((step, index) => (
            // Steps are in a fixed order; one kind may come twice.
            // oxlint-disable-next-line react/no-array-index-key
            <StepLine key={`${step.step}-${index}`} step={step} />
          ))}
        </ol>
      </section>
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

function StepLine({ step }: { step: TraceStep }) {
  const { t } = useTranslation();
  const word = useWord();
  const { shown, exact } = stepValue(step);
  const words = { closedOn: t("bonus.closedOn"), sumOf: (deals: string) => t("bonus.sumOf", { deals }) };
  return (
    <li className="step">
      <span className="step-name">{word("bonus.step", step.step)}</span>
      <span className="step-words">
        <MessageText message={step.explain} />
        {step.formula && <code className="step-formula">{readableFormula(step.formula, words)}</code>}
      </span>
      <span className="step-value figure">
        {exact === shown ? shown : <Tooltip title={t("bonus.exact", { value: exact })}>{shown}</Tooltip>}
      </span>
    </li>
  );
}

function CopyStatement({ view, title }: { view: StatementView; title: string }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const word = useWord();
  const say = useSay();
  return (
    <Button
      size="small"
      icon={<Copy size={14} />}
      onClick={() => copy(statementText(view, title, { say, step: (code) => word("bonus.step", code), payout: t("bonus.statement.payout") }))}
    >
      {t("bonus.statement.copy")}
    </Button>
  );
}
