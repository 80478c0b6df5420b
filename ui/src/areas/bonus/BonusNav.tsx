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
        { to: "/bonus/earnings", label: t("bonusIf.earnings.tab"), testId: "sub-earnings" },
        { to: "/bonus/plan", label: t("bonus.plan.tab"), testId: "sub-plan" },
        ...(may("edit_bonus_plan") ? [{ to: "/bonus/what-if" as const, label: t("bonusIf.whatIf.tab"), testId: "sub-what-if" }] : []),
      ]}
    />
  );
}
