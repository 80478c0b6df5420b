/** The pages of the area. */
import { useTranslation } from "react-i18next";

import { SubNav } from "../../components/SubNav";

export function BonusNav() {
  const { t } = useTranslation();
  return (
    <SubNav
      label={t("bonus.title")}
      items={[
        { to: "/bonus", label: t("bonus.runs"), testId: "sub-runs" },
        { to: "/bonus/adjustments", label: t("bonus.adjustments.tab"), testId: "sub-adjustments" },
        { to: "/bonus/cycles", label: t("bonus.cycle.list.tab"), testId: "sub-cycles" },
        { to: "/bonus/plan", label: t("bonus.plan.tab"), testId: "sub-plan" },
      ]}
    />
  );
}
