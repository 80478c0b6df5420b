/** The company's goal in one line: amount, version, how it was split, closure, and what was reached. */
import { useTranslation } from "react-i18next";

import type { GoalPlanInfo } from "../../backend/generated";
import { AttainmentBar } from "../../components/AttainmentBar";
import { Money, Percent } from "../../components/figures";
import { useRights } from "../../components/rights";
import { useWord } from "../../i18n";
import { ClosureBadge } from "./ClosureBadge";
import { rowName, type closure as closureOf, type GoalRow } from "./tree";

interface Props {
  plan: GoalPlanInfo;
  /** A newer goal that does not count before it is split. */
  draft: GoalPlanInfo | null;
  company: GoalRow | undefined;
  /** The unit or person chosen in the top bar; what is shown is theirs. Null for the whole company. */
  chosen: GoalRow | null;
  closure: ReturnType<typeof closureOf> | null;
}

export function GoalSummary({ plan, draft, company, chosen, closure }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const may = useRights();
  // Who does not see all of it sees the sum of what they see.
  const whose = may("see_all_results") ? "goals.summary.goal" : may("see_team_results") ? "goals.summary.team" : "goals.summary.own";
  const shown = chosen ?? company;
  const own = chosen?.amounts.get(String(plan.year));
  const how = plan.split_by === null ? t("goals.summary.unsplit") : word("goals.split.by", plan.split_by);
  return (
    <section className="goal-summary" aria-label={t("goals.summary.label")}>
      <div>
        <span className="quiet">{chosen ? t("goals.summary.goalOf", { name: rowName(chosen) }) : t(whose)}</span>
        <strong className="goal-total" data-testid="goal-total">
          <Money value={chosen ? (own === undefined ? null : { amount: own, currency: chosen.currency }) : plan.amount} />
        </strong>
      </div>
      {shown?.actual && (
        <div>
          <span className="quiet">{t("goals.table.actualShort")}</span>
          <strong>
            <Money value={shown.actual.actual} />
          </strong>
        </div>
      )}
      {shown?.actual && (
        <div className="goal-reached">
          <span className="quiet">{t("goals.table.attainment")}</span>
          <strong>
            <Percent value={shown.actual.attainment} />
          </strong>
          <AttainmentBar value={shown.actual.attainment} label={t("goals.table.attainment")} />
        </div>
      )}
      {chosen && (
        <div>
          <span className="quiet">{t("goals.summary.goal")}</span>
          <span>
            <Money value={plan.amount} />
          </span>
        </div>
      )}
      <div>
        <span className="quiet">{t("goals.summary.split")}</span>
        <span>
          {plan.base === null ? how : t("goals.summary.basedOn", { how, base: String(plan.base) })}
        </span>
      </div>
      <div>
        <span className="quiet">{t("goals.summary.version")}</span>
        <span>{t("goals.summary.versionOf", { version: plan.version, state: word("goals.state", plan.state) })}</span>
      </div>
      {closure && <ClosureBadge closure={closure} />}
      {draft && (
        <div className="goal-draft" data-testid="goal-draft">
          <span className="quiet">{t("goals.summary.draft", { version: draft.version })}</span>
          <strong>
            <Money value={draft.amount} />
          </strong>
        </div>
      )}
    </section>
  );
}
