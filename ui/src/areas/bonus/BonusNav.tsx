/** The pages of the area. */
import { useTranslation } from "react-i18next";

import { useRights } from "../../components/rights";
import { SubNav } from "../../components/SubNav";

export function BonusNav() {
  const { t } = useTranslation();
  const may = useRights();
  return (
    <SubNav
      label={t("bonus.title")}
      items={[
        { to: "/bonus", label: t("bonus.runs"), testId: "sub-runs" },
        { to: "/bonus/adjustments", label: t("bonus.adjustments.tab"), testId: "sub-adjustments" },
        { to: "/bonus/cycles", label: t("bonus.cycle.list.tab"), testId: "sub-cycles" },
        { to: "/bonus/plan", label: t("bonus.plan.tab"), testId: "sub-plan" },
        { to: "/bonus/people", label: t("bonusPeople.tab"), testId: "sub-plan-people" },
        { to: "/bonus/objectives", label: t("bonusObjectives.tab"), testId: "sub-objectives" },
        ...(may("run_bonus") || may("see_team_pay") ? [{ to: "/bonus/payroll", label: t("bonus.papers.tab"), testId: "sub-payroll" } as const] : []),
        { to: "/bonus/earnings", label: t("bonusIf.earnings.tab"), testId: "sub-earnings" },
        ...(may("edit_bonus_plan") ? [{ to: "/bonus/what-if" as const, label: t("bonusIf.whatIf.tab"), testId: "sub-what-if" }] : []),
      ]}
    />
  );
}
