/** The bonuses of the top bar's period, by the kind of period that the plan has: calculate, review, approve, pay, close. */
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BonusRuns, CycleState } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { Answer, EmptyState, Page } from "../../components/Page";
import { periodLabel } from "../../components/period";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { useLanguage } from "../../i18n";
import { useTerm } from "../../i18n/say";
import { BonusNav } from "./BonusNav";
import { BONUS_KINDS, bonusPeriodOf, kindOf, newestFirst, scopeOf } from "./bonusPeriod";
import { RunButtons, useRun } from "./cycle/Calculate";
import { PeriodView } from "./cycle/PeriodView";
import { nextAction } from "./cycle/step";
import { PlanChoice } from "./people/PlanChoice";
import "./bonus.css";

export default function BonusPage() {
  const { t } = useTranslation();
  const runs = useRead("list_bonus_runs", {});
  return (
    <div className="bonus-page">
      {runs.data && runs.data.periods.length > 0 ? (
        <Period runs={runs.data} />
      ) : (
        <Page title={t("bonus.title")} context={t("bonus.context")}>
          <BonusNav />
          <Answer query={runs}>{() => <EmptyState title={t("bonus.noPeriods.title")} text={t("bonus.noPeriods.text")} />}</Answer>
        </Page>
      )}
    </div>
  );
}

function Period({ runs }: { runs: BonusRuns }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = useTerm();
  const may = useRights();
  const { period: scoped, setPeriod } = useScope();
  const [picked, setPicked] = useState({ scope: "", period: "" });
  const [code, setCode] = useState<string | null>(null);
  const known = useRead("list_bonus_plans", {}).data?.plans.find((one) => one.code === code);
  const kind = BONUS_KINDS.find((one) => one === known?.period) ?? kindOf(runs.periods[0] ?? "") ?? "quarter";
  // A choice made here holds until the top bar is set to something else.
  const period = picked.scope === scoped ? picked.period : bonusPeriodOf(scoped, kind, runs.periods);
  const listed = useRead("list_bonus_cycles", {});
  const cycles = (listed.data ?? []).filter((one) => code === null || one.plan === code);
  const states = new Map<string, CycleState>(cycles.map((one) => [one.period, one.state]));
  const ofPlan = runs.runs.filter((one) => code === null || one.plan === code).map((one) => one.period);
  const choices = newestFirst([period, ...runs.periods, ...ofPlan, ...states.keys()].filter((one) => code === null || kindOf(one) === kind));
  // One plan for all that the page asks and does: approvals are of the statements that stand here.
  const plan = code ?? cycles.find((one) => one.period === period)?.plan;
  const cycle = useRead(
    "get_bonus_cycle",
    { period, ...(plan !== undefined && { plan }) },
    // Once its plan is known it is asked for anew: what stands of the same period stays until then.
    { enabled: !listed.isPending, placeholderData: (before) => (before?.period === period ? before : undefined) },
  );
  // A run of a plan with other periods is shown, and not run again; neither is what was handed in.
  const mayRun = may("run_bonus") && kindOf(period) === kind && (cycle.data?.state ?? "open") === "open";
  const run = useRun(period, plan ?? null);
  const choose = (value: string) => {
    setPicked({ scope: scopeOf(value), period: value });
    setPeriod(scopeOf(value));
    run.task.reset();
  };
  const done = new Set(ofPlan);

  return (
    <Page
      title={t("bonus.title")}
      context={t("bonus.context")}
      actions={
        <>
          <PlanChoice
            value={plan ?? null}
            onChange={(value) => {
              setCode(value);
              run.closePreview();
              run.task.reset();
            }}
          />
          <Select
            aria-label={t("bonus.period")}
            data-testid="bonus-period"
            className="bonus-period"
            value={period}
            onChange={choose}
            options={choices.map((value) => {
              const state = states.get(value);
              const standing = state && state !== "open" ? t(`bonus.cycle.states.${state}`) : done.has(value) && t("bonus.done");
              return { value, label: [periodLabel(value, t, language), standing].filter(Boolean).join(" · ") };
            })}
          />
          {mayRun && <RunButtons run={run} again={done.has(period)} primary={!cycle.data || nextAction(cycle.data) === null} />}
        </>
      }
    >
      <BonusNav />
      {period !== scoped && (
        <p className="quiet" data-testid="bonus-other-period">
          {t("bonus.otherPeriod", { kind: term("period_kind", kind), period: periodLabel(scoped, t, language), own: periodLabel(period, t, language) })}
        </p>
      )}
      <Answer query={cycle}>
        {(data) => (
          <PeriodView key={`${period} ${code}`} cycle={data} period={period} plan={plan ?? null} known={runs.periods.includes(period)} mayRun={mayRun} run={run} />
        )}
      </Answer>
    </Page>
  );
}
