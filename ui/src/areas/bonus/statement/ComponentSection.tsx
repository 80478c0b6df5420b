/** One component of a statement: what it pays, the steps that made it (fact by fact where facts are paid so), its lines, and the facts behind it. */
import { useTranslation } from "react-i18next";

import type { ComponentView, FigureView, Money as MoneyValue, StatementLineView } from "../../../backend/generated";
import { AttainmentBar } from "../../../components/AttainmentBar";
import { Money, Percent } from "../../../components/figures";
import { formatCount, signOf, sumDecimals } from "../../../components/format";
import { MessageText, Notes } from "../../../components/MessageText";
import { useLanguage } from "../../../i18n";
import { BlockedMark } from "../BlockedMark";
import { byFact, type FactPay } from "./byFact";
import { Fact } from "./Fact";
import { Counted, LeftOut } from "./Facts";
import { FactsPaid } from "./FactsPaid";
import { Refunds, refunded } from "./Refunds";
import { figureText } from "./statementText";
import { Steps } from "./Steps";

interface Props {
  component: ComponentView;
  currency: string;
  /** What the program calculated with, to the last digit. */
  exact: boolean;
}

export function ComponentSection({ component, currency, exact }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { amount, attainment, counted, left_out, notes } = component;
  const { steps, lines, facts } = byFact(component);
  const name = language === "en" ? component.name_en : component.name_zh;
  return (
    <section className="statement-component" aria-label={name} data-testid={`component-${component.code}`}>
      <header className="statement-component-head">
        <h2>{name}</h2>
        <strong className="statement-amount">{amount ? <Money value={amount} /> : <BlockedMark />}</strong>
      </header>
      <Notes messages={notes} tone={amount === null || signOf(amount.amount) <= 0 ? "warning" : "info"} />
      <div className="statement-facts">
        <Fact label={t("bonus.statement.measure")}><Figure value={component.measure} /></Fact>
        <Fact label={t("bonus.statement.goal")}><Figure value={component.goal} /></Fact>
        <Fact label={t("bonus.statement.attainment")}>
          <Percent value={attainment} />
          <AttainmentBar value={attainment} label={t("bonus.statement.attainment")} />
        </Fact>
      </div>
      {steps.length > 0 && <Steps steps={steps} currency={currency} exact={exact} />}
      {facts.length > 0 && <FactsPaid facts={facts} currency={currency} name={name} exact={exact} />}
      {(lines.length > 0 || facts.length > 0) && <Lines lines={lines} facts={facts} amount={amount} />}
      {facts.length === 0 && counted.length > 0 && <Counted facts={counted} currency={currency} name={name} />}
      <Refunds records={refunded(facts.length === 0 ? [...counted, ...left_out] : left_out)} />
      {left_out.length > 0 && <LeftOut facts={left_out} />}
    </section>
  );
}

function Figure({ value }: { value: FigureView | null }) {
  return value?.number ? <span className="figure">{figureText(value)}</span> : <Money value={value?.money} />;
}

function Lines({ lines, facts, amount }: { lines: readonly StatementLineView[]; facts: readonly FactPay[]; amount: MoneyValue | null }) {
  const { t } = useTranslation();
  const paid = facts.flatMap((one) => one.paid ?? []);
  const [first] = paid;
  return (
    <section className="statement-part">
      <h3>{t("bonus.statement.lines")}</h3>
      <table className="plain-table" data-testid="statement-lines">
        <tbody>
          {first && (
            <tr>
              <th scope="row">{t("bonus.statement.factsTogether", { facts: formatCount(paid.length) })}</th>
              <td className="number"><Money value={{ ...first, amount: sumDecimals(paid.map((one) => one.amount)) }} /></td>
            </tr>
          )}
          {lines.map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={`${line.label.code}-${index}`}>
              <th scope="row"><MessageText message={line.label} /></th>
              <td className="number"><Money value={line.amount} /></td>
            </tr>
          ))}
        </tbody>
        {lines.length + Number(first !== undefined) > 1 && (
          <tfoot>
            <tr>
              <th scope="row">{t("common.total")}</th>
              <td className="number"><Money value={amount} /></td>
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
