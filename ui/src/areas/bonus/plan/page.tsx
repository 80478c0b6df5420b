/** The bonus plan: every setting visible, the curve it pays drawn live, its problems where they are. */
import { useTranslation } from "react-i18next";

import { useRead } from "../../../backend/query";
import { Answer, Page } from "../../../components/Page";
import { BonusNav } from "../BonusNav";
import "../bonus.css";
import "./plan.css";
import { PlanForm } from "./PlanForm";

export default function PlanPage() {
  const plan = useRead("get_bonus_plan", {});
  const { t } = useTranslation();
  if (plan.data) return <PlanForm key={`${plan.data.version} ${plan.data.plan}`} view={plan.data} />;
  return (
    <Page title={t("bonus.title")} context={t("bonus.plan.context")}>
      <BonusNav />
      <Answer query={plan}>{() => null}</Answer>
    </Page>
  );
}
