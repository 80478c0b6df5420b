/** Agreeing on a year's goals: numbers from below against goals from above, then published and confirmed. */
import { Link } from "@tanstack/react-router";
import { Button, DatePicker } from "antd";
import dayjs from "dayjs";
import { Handshake } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useRead } from "../../../backend/query";
import { Answer, EmptyState, Page } from "../../../components/Page";
import { parsePeriod } from "../../../components/period";
import { useScope } from "../../../components/scope";
import { useSearchParam } from "../../../components/useSearchParam";
import { GoalsNav } from "../GoalsNav";
import { Confirmations } from "./Confirmations";
import { OpenRound } from "./OpenRound";
import { OwnGoal } from "./OwnGoal";
import { Round } from "./Round";
import { useGoalMetric } from "../metric";
import { MetricChooser } from "../MetricChooser";
import "../../../components/area.css";
import "../goals.css";
import "./round.css";

export default function RoundPage() {
  const { t } = useTranslation();
  const { period } = useScope();
  const [yearText, setYear] = useSearchParam("year");
  const year = Number(/^\d{4}$/.test(yearText ?? "") ? yearText : (parsePeriod(period)?.year ?? 2026));
  const [metric] = useGoalMetric();
  const round = useRead("get_goal_round", { metric, year, expanded: [], offset: 0, limit: 1 });
  const own = useRead("get_status", {}).data?.signed_in?.person ?? null;
  return (
    <Page
      title={t("goalRound.title")}
      context={t("goalRound.context")}
      actions={
        <>
          <MetricChooser />
          <DatePicker
            picker="year"
            aria-label={t("goalRound.year")}
            value={dayjs(`${year}-01-01`)}
            allowClear={false}
            onChange={(day) => day && setYear(day.format("YYYY"))}
          />
        </>
      }
    >
      <GoalsNav />
      <Answer query={round}>
        {({ round: info, plan, can_run: canRun, currency }) =>
          plan === null || plan.split_by === null ? (
            <EmptyState
              icon={<Handshake size={28} aria-hidden />}
              title={t("goalRound.noPlan", { year: String(year) })}
              text={t("goalRound.noPlanText")}
              action={
                <Link to="/goals">
                  <Button tabIndex={-1}>{t("goalRound.toPlan")}</Button>
                </Link>
              }
            />
          ) : (
            <>
              {own !== null && <OwnGoal year={year} />}
              {(info === null || info.closed_at !== null) && canRun && <OpenRound year={year} />}
              {info === null ? (
                <EmptyState icon={<Handshake size={28} aria-hidden />} title={t("goalRound.none", { year: String(year) })} text={t("goalRound.noneText")} />
              ) : (
                <Round key={info.id} info={info} plan={plan} canRun={canRun} currency={currency} />
              )}
              <Confirmations year={year} canRun={canRun} />
            </>
          )
        }
      </Answer>
    </Page>
  );
}
