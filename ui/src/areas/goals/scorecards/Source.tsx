/** Where a goal comes from: a sign and a word, so that inherited, averaged and own ones are told apart. */
import { ArrowDownRight, GitFork, Scale, Sigma, Target } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { KpiGoalInForce } from "../../../backend/generated";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";

const SIGNS = { own: Target, inherited: ArrowDownRight, mean: Scale, sum: Sigma, plan: GitFork } as const;

/** `period` is the one that is shown; a goal that was set for another one says for which. */
export function Source({ goal, period }: { goal: KpiGoalInForce; period: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const Sign = SIGNS[goal.source];
  const word =
    goal.source === "inherited"
      ? goal.of === null
        ? t("scorecards.source.inheritedSomebody")
        : t("scorecards.source.inherited", { unit: goal.of })
      : t(`scorecards.source.${goal.source}`);
  const other = goal.set_for !== null && goal.set_for !== period ? goal.set_for : null;
  return (
    <span className="kpi-source" data-testid={`source-${goal.source}`}>
      <Sign size={13} aria-hidden /> {word}
      {other !== null && <> · {t("scorecards.source.setFor", { period: periodLabel(other, t, language) })}</>}
    </span>
  );
}
