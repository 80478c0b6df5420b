/** Bonus: runs and statements. Enough arithmetic to look right; the real one lives in Rust. */
import { halfAround, periods, type Kind } from "../../components/period";
import type { BonusRun, RunBonus } from "../generated";
import { bonusAdjustmentHandlers } from "./bonusAdjustments";
import { inSight, stateOf, stepsOf } from "./bonusBook";
import { bonusCycleHandlers } from "./bonusCycle";
import { bonusPaperHandlers } from "./bonusPapers";
import { bonusPeopleHandlers } from "./bonusPeople";
import { bonusPlanHandlers, planOf } from "./bonusPlan";
import { bonusRestateHandlers } from "./bonusRestate";
import { allPlans, ofPlan } from "./bonusPlans";
import { frozenRun, keptRun, liveRun } from "./bonusRuns";
import { minorOf, statement } from "./bonusStatement";
import type { World } from "./company";
import { refuse, type Context, type Handlers } from "./fake";

/** Periods of the plan's kind, newest first. */
function periodsOf(world: World): string[] {
  if (world.state !== "ready") return [];
  const { period } = planOf(world);
  const [from, to] = ["2025-07-01", "2027-01-01"];
  const keys = period === "half" ? periods("quarter", from, to).map(({ start }) => halfAround(start)) : periods(period as Kind, from, to).map(({ key }) => key);
  return [...new Set(keys)].toReversed();
}

async function run({ period, plan, preview, people }: RunBonus, { world: all, changed, work }: Context): Promise<BonusRun> {
  const world = ofPlan(all, plan);
  const at = "2026-11-24T02:30:00Z";
  if (!preview && stateOf(stepsOf(world, period)) !== "open") throw refuse("bonus_frozen", { period, state: stateOf(stepsOf(world, period)) });
  await work([["calculating", people?.length ?? world.people.length]]);
  const result = liveRun(world, period, null, at, people);
  if (preview) return result;
  const earlier = world.bonusRuns.find((one) => one.period === period && !one.people);
  const kept = {
    id: `r-${world === all ? "" : `${plan}-`}${world.bonusRuns.length + 1}`,
    period,
    at,
    payouts: new Map(result.statements.map((one) => [one.person, minorOf(one.payout.amount)])),
    ...(earlier?.payouts && { before: earlier.payouts }),
    ...(people && { people }),
  };
  world.bonusRuns = [kept, ...world.bonusRuns.filter((one) => one.period !== period || (people && !one.people))];
  changed("bonus");
  return { ...result, id: kept.id };
}

export const bonusHandlers = {
  ...bonusPlanHandlers,
  ...bonusPeopleHandlers,
  ...bonusPaperHandlers,
  ...bonusCycleHandlers,
  ...bonusAdjustmentHandlers,
  ...bonusRestateHandlers,
  list_bonus_runs: (_, { world }) => ({
    runs: allPlans(world).flatMap((one) =>
      one.bonusRuns.map(({ id, period, at, people }) => ({
        id,
        plan: planOf(one).code,
        period,
        at,
        total: liveRun(one, period, id, at, people).total,
        ...(people && { people: people.length }),
      })),
    ),
    periods: periodsOf(world),
  }),
  get_bonus_run: ({ period, plan }, { world }) => frozenRun(ofPlan(world, plan), period) ?? keptRun(ofPlan(world, plan), period),
  run_bonus: run,
  get_statement: ({ period, plan, person }, { world: all }) => {
    const world = ofPlan(all, plan);
    const found = inSight(world).find(({ id }) => id === person);
    if (!found) throw refuse("not_found", { what: "statement", value: person });
    return statement(world, found, period);
  },
  copy_statement: () => null,
} satisfies Partial<Handlers>;
