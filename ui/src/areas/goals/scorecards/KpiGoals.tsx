/** Goals of KPIs: those in force for whom and when is chosen, with where each comes from, and all that are set. */
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { Plus, Target } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { KpiGoalRow } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { Answer, EmptyState, Section } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useLanguage } from "../../../i18n";
import { GoalForm, type GoalStart } from "./GoalForm";
import { GoalsInForce } from "./GoalsInForce";
import { GoalsSet } from "./GoalsSet";
import { GoalWhy } from "./GoalWhy";
import { PLANNED } from "./planned";
import { askedOf, type Which } from "./useWhich";

export function KpiGoals({ which }: { which: Which }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const maySet = useRights()("set_goals");
  const { period, who, asked } = which;
  const organisation = useRead("get_organisation", {}).data;
  const own = useRead("get_status", {}).data?.signed_in?.person ?? null;
  const [form, setForm] = useState<GoalStart | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const metrics = useMeasured(period.key, period.year);
  const chosen = who ?? (which.seesMore ? (organisation?.units.find(({ parent }) => parent === null)?.id ?? null) : own);
  const name = organisation?.units.find(({ id }) => id === chosen)?.name ?? organisation?.people.find(({ id }) => id === chosen)?.name;
  const start = (metric: string | null, value: string | null = null): GoalStart => ({ metric, who: chosen, period: period.key, from: null, value, exists: false });
  const open = ({ metric, whose, period: of, from, value }: KpiGoalRow) => setForm({ metric, who: whose, period: of, from, value, exists: true });
  const add = maySet && (
    <Button type="primary" icon={<Plus size={14} aria-hidden />} onClick={() => setForm(start(null))} data-testid="kpi-goal-add">
      {t("scorecards.goals.set")}
    </Button>
  );
  return (
    <>
      <Section
        title={name === undefined ? t("scorecards.goals.inForceShort") : t("scorecards.goals.inForce", { name, period: periodLabel(period.key, t, language) })}
        context={t("scorecards.goals.context")}
        actions={add}
        testId="kpi-goals"
      >
        <Answer query={metrics}>
          {(codes) =>
            codes.length === 0 ? (
              <EmptyState icon={<Target size={28} aria-hidden />} title={t("scorecards.goals.noKpis")} text={t("scorecards.goals.noKpisText")} />
            ) : (
              <GoalsInForce codes={codes} asked={asked} ready={which.ready} period={period.key} maySet={maySet} onSet={(metric, value) => setForm(start(metric, value))} onWhy={setWhy} />
            )
          }
        </Answer>
        <p className="quiet kpi-planned">
          {t("scorecards.goals.planned")} <Link to="/goals">{t("scorecards.goals.toPlan")}</Link>
        </p>
      </Section>
      <GoalsSet period={period.key} who={who} onOpen={maySet ? open : null} />
      {form && <GoalForm start={form} onClose={() => setForm(null)} />}
      {why !== null && <GoalWhy metric={why} asked={chosen === null ? asked : askedOf(chosen, organisation)} period={period.key} onClose={() => setWhy(null)} />}
    </>
  );
}

/** KPIs that a scorecard names, or of which a goal of the period or its year is set; the planned one stands elsewhere. */
function useMeasured(period: string, year: number) {
  const scorecards = useRead("list_scorecards", {});
  const ofPeriod = useRead("list_kpi_goals", { period });
  const ofYear = useRead("list_kpi_goals", { period: String(year) });
  const all = [scorecards, ofPeriod, ofYear];
  const data =
    scorecards.data && ofPeriod.data && ofYear.data
      ? [...new Set([...scorecards.data.scorecards.flatMap(({ kpis }) => kpis), ...ofPeriod.data, ...ofYear.data].map(({ metric }) => metric))].filter((metric) => metric !== PLANNED)
      : undefined;
  const refetch = () => all.filter(({ error }) => error).map((one) => one.refetch());
  return { data, error: all.find(({ error }) => error)?.error ?? null, isPending: data === undefined, refetch };
}
