/** The pages of the area; who sees only their own results begins with how far they are. */
import { useTranslation } from "react-i18next";

import { useRights } from "../../components/rights";
import { SubNav } from "../../components/SubNav";

export function GoalsNav() {
  const { t } = useTranslation();
  const may = useRights();
  const plan = { to: "/goals", label: t("goalProgress.plan"), testId: "sub-goal-plan" } as const;
  const progress = { to: "/goals/progress", label: t("goalProgress.tab"), testId: "sub-goal-progress" } as const;
  const round = { to: "/goals/round", label: t("goalRound.tab"), testId: "sub-goal-round" } as const;
  const scorecards = { to: "/goals/scorecards", label: t("scorecards.tab"), testId: "sub-goal-scorecards" } as const;
  return <SubNav label={t("goals.title")} items={may("see_team_results") || may("see_all_results") ? [plan, progress, round, scorecards] : [progress, plan, round, scorecards]} />;
}
