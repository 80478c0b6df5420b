/** What somebody is to reach of every KPI in a period, and where each goal comes from. */
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { useRead } from "../../../backend/query";
import { MISSING } from "../../../components/format";
import { MessageText } from "../../../components/MessageText";
import { useLanguage } from "../../../i18n";
import { shownText } from "./exact";
import { differenceText } from "./GoalWhy";
import { Kpi } from "./Kpi";
import { Source } from "./Source";
import { useMetrics } from "./useMetrics";
import type { Asked } from "./useWhich";

interface Props {
  asked: Asked;
  ready: boolean;
  period: string;
  maySet: boolean;
  /** The goal to start from: an own one of this period. */
  onSet: (metric: string, value: string | null) => void;
  onWhy: (metric: string) => void;
}

export function GoalsInForce({ codes, ...props }: Props & { codes: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className="kpi-scroll">
      <table className="plain-table" aria-label={t("scorecards.goals.inForceShort")} data-testid="kpi-goals-table">
        <thead>
          <tr>
            <th scope="col">{t("scorecards.goals.kpi")}</th>
            <th scope="col" className="number">{t("scorecards.goals.value")}</th>
            <th scope="col">{t("scorecards.goals.source")}</th>
            <th scope="col" className="number">{t("scorecards.goals.parts")}</th>
            <th scope="col" className="number">{t("scorecards.goals.difference")}</th>
            <th scope="col">{t("scorecards.goals.actions")}</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((metric) => (
            <Row key={metric} metric={metric} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ metric, asked, ready, period, maySet, onSet, onWhy }: Props & { metric: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { infoOf, nameOf } = useMetrics();
  const query = useRead("get_kpi_goal", { metric, ...asked, period }, { enabled: ready });
  const [info, name, view] = [infoOf(metric), nameOf(metric), query.data];
  const goal = view?.goal ?? null;
  const own = goal?.source === "own" && goal.set_for === period;
  return (
    <tr data-testid={`kpi-goal-${metric}`}>
      <th scope="row">
        <Kpi metric={metric} name={info?.name ?? { zh: metric, en: metric }} direction={info?.direction} unit={info?.unit} />
      </th>
      <td className="number figure">{goal ? shownText(goal.shown) : MISSING}</td>
      <td className="kpi-reason">
        {goal && <Source goal={goal} period={period} />}
        {!goal && view?.reason && <span className="quiet"><MessageText message={view.reason} /></span>}
        {query.error && <span className="kpi-wrong" role="alert"><MessageText message={query.error} /></span>}
        {query.isPending && <span className="quiet">{t("common.loading")}</span>}
      </td>
      <td className="number figure">{view?.parts?.shown ? shownText(view.parts.shown) : MISSING}</td>
      <td className="number figure">{(view && differenceText(view, language)) ?? MISSING}</td>
      <td>
        <span className="kpi-actions">
          {maySet && view && (
            <Button
              size="small"
              aria-label={t(own ? "scorecards.goals.changeOf" : "scorecards.goals.setOf", { name })}
              onClick={() => onSet(metric, own ? goal.value : null)}
              data-testid={`kpi-goal-set-${metric}`}
            >
              {t(own ? "scorecards.goals.change" : "scorecards.goals.set")}
            </Button>
          )}
          {view && (
            <Button size="small" aria-label={t("scorecards.goals.explainOf", { name })} onClick={() => onWhy(metric)} data-testid={`kpi-goal-why-${metric}`}>
              {t("scorecards.goals.why")}
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}
