/** What is paid, component by component, and how it adds up. */
import { Link } from "@tanstack/react-router";
import { Checkbox } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { StatementView } from "../../../backend/generated";
import { Money } from "../../../components/figures";
import { signOf } from "../../../components/format";
import { MessageText, Notes } from "../../../components/MessageText";
import { useLanguage } from "../../../i18n";
import { DecisionMark } from "../adjustments/DecisionMark";
import { useAdjustmentWords } from "../adjustments/useAdjustmentWords";
import { BlockedMark } from "../BlockedMark";
import { ComponentSection } from "./ComponentSection";
import { Fact } from "./Fact";
import { ownNotes } from "./statementText";

export function Statement({ view }: { view: StatementView }) {
  const { t } = useTranslation();
  const { summary, components } = view;
  const [exact, setExact] = useState(false);
  const notes = ownNotes(view);
  return (
    <>
      <section className="statement-head">
        <Fact label={t("bonus.statement.targetBonus")}>
          <Money value={summary.target_bonus} />
        </Fact>
        <Fact label={t("bonus.statement.payout")} strong>
          <Money value={summary.payout} />
        </Fact>
        {summary.blocked && (
          <p className="statement-blocked" data-testid="statement-blocked">
            <BlockedMark /> {t("bonus.statement.blockedText")}
          </p>
        )}
        <Checkbox checked={exact} onChange={(event) => setExact(event.target.checked)} data-testid="statement-exact">
          {t("bonus.exactShow")}
        </Checkbox>
      </section>
      {(notes.length > 0 || summary.target_bonus === null) && (
        <div className="statement-notes">
          <Notes messages={notes} tone={signOf(summary.payout.amount) > 0 ? "info" : "warning"} />
          {summary.target_bonus === null && <Link to="/settings" search={{ section: "bonuses" }}>{t("bonus.toSettings")}</Link>}
        </div>
      )}
      {components.map((component) => (
        <ComponentSection key={component.code} component={component} currency={summary.payout.currency} exact={exact} />
      ))}
      <Sum view={view} />
      <p className="statement-proof quiet">
        {t("bonus.statement.proof", { version: view.engine_version, hash: view.inputs_hash })}
        {view.audit_head && <span data-testid="statement-mark"> · {t("bonus.statement.mark", { head: view.audit_head })}</span>}
      </p>
    </>
  );
}

/** Components, the plan's limit and adjustments, which sum to the payout. */
function Sum({ view: { components, limit, adjustments, summary } }: { view: StatementView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const adjustmentWords = useAdjustmentWords();
  return (
    <section className="statement-part">
      <h3>{t("bonus.statement.sum")}</h3>
      <table className="plain-table statement-sum" data-testid="statement-sum">
        <tbody>
          {components.map((component) => (
            <tr key={component.code}>
              <th scope="row">{language === "en" ? component.name_en : component.name_zh}</th>
              <td className="number">{component.amount ? <Money value={component.amount} /> : <BlockedMark />}</td>
            </tr>
          ))}
          {limit && (
            <tr>
              <th scope="row"><MessageText message={limit.label} /></th>
              <td className="number"><Money value={limit.amount} /></td>
            </tr>
          )}
          {adjustments.map(({ amount, paid, ...line }, index) => (
            // Two adjustments may have the same reason.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index} className={paid ? undefined : "statement-unpaid"}>
              <th scope="row">
                {adjustmentWords(line)}
                <span className="statement-decision">{paid ? <DecisionMark state="approved" /> : <span className="quiet"> {t("bonus.statement.unpaid")}</span>}</span>
              </th>
              <td className="number">{paid ? <Money value={amount} /> : <s><Money value={amount} /></s>}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("bonus.statement.payout")}</th>
            <td className="number"><Money value={summary.payout} /></td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
