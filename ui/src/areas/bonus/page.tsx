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
import { useSearchParam } from "../../components/useSearchParam";
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
  // In the address: links from elsewhere name a plan, and what is approved is of the plan that was looked at.
  const [code, setCode] = useSearchParam("plan");
  const plans = useRead("list_bonus_plans", {}).data?.plans ?? [];
  const kindOfPlan = (one: string | null | undefined) => BONUS_KINDS.find((kind) => kind === plans.find((plan) => plan.code === one)?.period);
  const asked = kindOfPlan(code) ?? kindOf(runs.periods[0] ?? "") ?? "quarter";
  // A choice made here holds until the top bar is set to something else.
  const period = picked.scope === scoped ? picked.period : bonusPeriodOf(scoped, asked, runs.periods);
  const listed = useRead("list_bonus_cycles", {});
  const cycles = listed.data ?? [];
  // One plan for all that the page asks and does: approvals are of the statements that stand here.
  const plan = code ?? cycles.find((one) => one.period === period)?.plan ?? plans.find((one) => one.everybody)?.code;
  const kind = kindOfPlan(plan) ?? asked;
  const own = (one: { plan: string }) => plan === undefined || one.plan === plan;
  const states = new Map<string, CycleState>(cycles.filter(own).map((one) => [one.period, one.state]));
  const ofPlan = runs.runs.filter(own).map((one) => one.period);
  // Without a choice every period can be opened, with the plan that was run in it.
  const others = code === null ? [...runs.runs, ...cycles].map((one) => one.period) : [];
  const choices = newestFirst([period, ...runs.periods, ...ofPlan, ...states.keys(), ...others].filter((one) => code === null || kindOf(one) === kind));
  const cycle = useRead(
    "get_bonus_cycle",
    { period, ...(plan !== undefined && { plan }) },
    // Once its plan is known it is asked for anew: what stands of the same period stays until then.
    { enabled: !listed.isPending, placeholderData: (before) => (before?.period === period && (plan === undefined || before.plan === plan) ? before : undefined) },
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
          <PeriodView key={`${period} ${plan}`} cycle={data} period={period} plan={plan ?? null} known={runs.periods.includes(period)} mayRun={mayRun} run={run} />
        )}
      </Answer>
    </Page>
  );
}
