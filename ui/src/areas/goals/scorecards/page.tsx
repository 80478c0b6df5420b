/** What people and units are measured by: how far they are by it, goals of KPIs, and the weights of every role. */
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";

import { Page } from "../../../components/Page";
import { useSearchParam } from "../../../components/useSearchParam";
import { GoalsNav } from "../GoalsNav";
import { Chooser } from "../progress/Chooser";
import { KpiGoals } from "./KpiGoals";
import { Result } from "./Result";
import { KINDS, useWhich, type KpiKind } from "./useWhich";
import { Weights } from "./Weights";
import "../../../components/area.css";
import "../goals.css";
import "../progress/progress.css";
import "./scorecards.css";

const VIEWS = ["result", "goals", "weights"] as const;
type View = (typeof VIEWS)[number];

export default function ScorecardsPage() {
  const { t } = useTranslation();
  const which = useWhich();
  const [text, setView] = useSearchParam("view");
  const view = VIEWS.find((one) => one === text) ?? "result";
  return (
    <Page
      title={t("scorecards.title")}
      context={t("scorecards.context")}
      actions={
        view !== "weights" && (
          <>
            {which.seesMore && <Chooser everybody label={t("scorecards.who")} testId="kpi-who" value={which.who} onChange={(who) => who !== null && which.setWho(who)} />}
            <Segmented<KpiKind>
              aria-label={t("scorecards.periodKind")}
              value={which.period.kind}
              onChange={which.setKind}
              options={KINDS.map((kind) => ({ value: kind, label: <span data-testid={`kpi-${kind}`}>{t(`scorecards.kind.${kind}`)}</span> }))}
            />
          </>
        )
      }
    >
      <GoalsNav />
      <Segmented<View>
        className="kpi-views"
        aria-label={t("scorecards.view")}
        value={view}
        onChange={(value) => setView(value === "result" ? null : value)}
        options={VIEWS.map((value) => ({ value, label: <span data-testid={`kpi-view-${value}`}>{t(`scorecards.views.${value}`)}</span> }))}
      />
      {view === "result" && <Result which={which} onWeights={() => setView("weights")} />}
      {view === "goals" && <KpiGoals which={which} />}
      {view === "weights" && <Weights />}
    </Page>
  );
}
