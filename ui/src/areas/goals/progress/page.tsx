/** Where somebody stands against a goal: today's number, pace, landing, steps, and whether the goal is a good one. */
import { Segmented, Select } from "antd";
import { Target } from "lucide-react";
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { GoalProgress } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { MessageText, Notes } from "../../../components/MessageText";
import { Answer, EmptyState, Page } from "../../../components/Page";
import { containing, lastDay, parsePeriod, type Kind, type Period } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useScope } from "../../../components/scope";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { GoalsNav } from "../GoalsNav";
import { Aim } from "./Aim";
import { Chooser } from "./Chooser";
import { useFiscalPeriods, useOwnPeriod, yearOf } from "./periods";
import { Smart } from "./Smart";
import { Standing } from "./Standing";
import { Steps } from "./Steps";
import { useGoalMetric } from "../metric";
import { MetricChooser } from "../MetricChooser";
import "../goals.css";
import "./progress.css";

const KINDS = ["year", "quarter", "month"] as const;
type PeriodKind = (typeof KINDS)[number];
/** Where there is no goal yet the page says so as it says other things: nothing failed. */
const NOTHING_YET = ["no_goal_set", "no_goal_on", "goal_not_split_yet", "goal_other_period"];

export default function ProgressPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useRights();
  const { period: scoped, unit: scopedUnit, setPeriod } = useScope();
  const [who, setWho] = useSearchParam("who");
  const period = goalPeriod(scoped);
  const [own, setOwn] = useOwnPeriod(scoped);
  const seesMore = may("see_team_results") || may("see_all_results");
  const unit = seesMore ? (who ?? scopedUnit) : null;
  const [metric] = useGoalMetric();
  const progress = useRead("get_goal_progress", { metric, period: own ?? period.key, ...(unit === null ? {} : { unit }), language });
  // A goal by fiscal years answers for its own period, which is the one that counts.
  const shown = own ?? progress.data?.period ?? period.key;
  const fiscal = useFiscalPeriods(yearOf(shown));
  const nothing = progress.error && NOTHING_YET.includes(progress.error.code) ? progress.error : null;
  return (
    <Page
      title={t(seesMore ? "goalProgress.title" : "goalProgress.own")}
      context={t("goalProgress.context")}
      actions={
        <>
          <MetricChooser />
          {seesMore && <Chooser value={unit ?? progress.data?.unit ?? null} onChange={setWho} />}
          {fiscal ? (
            <Select
              aria-label={t("goalProgress.periodKind")}
              data-testid="progress-period"
              value={shown}
              onChange={setOwn}
              options={fiscal}
              popupMatchSelectWidth={false}
            />
          ) : (
            <Segmented<PeriodKind>
              aria-label={t("goalProgress.periodKind")}
              value={period.kind as PeriodKind}
              onChange={(kind) => setPeriod(ofKind(kind, period, progress.data?.as_of).key)}
              options={KINDS.map((kind) => ({ value: kind, label: <span data-testid={`progress-${kind}`}>{t(`goalProgress.kind.${kind}`)}</span> }))}
            />
          )}
        </>
      }
    >
      <GoalsNav />
      {nothing ? (
        <div className="goal-first">
          <EmptyState icon={<Target size={28} aria-hidden />} title={t("goalProgress.nothing")} text={<MessageText message={BackendError.from(nothing)} />} />
        </div>
      ) : (
        <Answer query={progress}>{(answer) => <Full progress={answer} year={yearOf(answer.period)} />}</Answer>
      )}
    </Page>
  );
}

function Full({ progress, year }: { progress: GoalProgress; year: number }) {
  return (
    <>
      <Notes messages={progress.notes} />
      <Standing progress={progress} />
      <Steps progress={progress} />
      <Smart progress={progress} year={year} aim={<Aim year={year} />} />
    </>
  );
}

/** A goal has years, quarters and months; of a week its month is meant. */
function goalPeriod(key: string): Period {
  const period = parsePeriod(key) ?? containing("year", "2026-01-01");
  return (KINDS as readonly Kind[]).includes(period.kind) ? period : containing("month", period.start);
}

/**
 * The period of another kind: of the year under way its month under way, of one that is over its last month. The
 * day of the data says which it is; it never lies beyond the period.
 */
export function ofKind(kind: PeriodKind, period: Period, asOf: string | undefined): Period {
  const last = lastDay(period);
  return containing(kind, asOf !== undefined && asOf >= period.start && asOf < last ? asOf : last);
}
