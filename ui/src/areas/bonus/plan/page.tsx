/** The bonus plan: every setting visible, the curve it pays drawn live, its problems where they are. */
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRead } from "../../../backend/query";
import { Answer, Page } from "../../../components/Page";
import { BonusNav } from "../BonusNav";
import "../bonus.css";
import "./plan.css";
import { PlanForm, type Shown } from "./PlanForm";

export default function PlanPage() {
  // Null: the plan of everybody, as it holds today.
  const [shown, setShown] = useState<Shown | null>(null);
  const plan = useRead("get_bonus_plan", shown ?? {});
  // What is in sight was taken back (by undo, say): the plan as it stands without it, or that of everybody.
  if (plan.error?.code === "not_found" && shown !== null) {
    setShown(shown.version === undefined ? null : { plan: shown.plan });
  }
  const { t } = useTranslation();
  if (plan.data) return <PlanForm key={`${plan.data.version} ${plan.data.plan}`} view={plan.data} onShow={setShown} />;
  return (
    <Page title={t("bonus.title")} context={t("bonus.plan.context")}>
      <BonusNav />
      <Answer query={plan}>{() => null}</Answer>
    </Page>
  );
}
