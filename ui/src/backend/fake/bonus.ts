/** Bonus: runs and statements. Enough arithmetic to look right; the real one lives in Rust. */
import { halfAround, periods, type Kind } from "../../components/period";
import type { BonusRun } from "../generated";
import { bonusPeopleHandlers } from "./bonusPeople";
import { bonusPaperHandlers } from "./bonusPapers";
import { bonusPlanHandlers, planOf } from "./bonusPlan";
import { ENGINE, HASH, minorOf, statement } from "./bonusStatement";
import { money, type World } from "./company";
import { refuse, type Handlers } from "./fake";

function runOf(world: World, period: string, id: string | null, at: string): BonusRun {
  const statements = world.people
    .map((person) => statement(world, person, period).summary)
    .toSorted((a, b) => Number(minorOf(b.payout.amount) - minorOf(a.payout.amount)));
  const missing = statements.filter((one) => one.target_bonus === null);
  const { name } = planOf(world);
  const names = missing.map((one) => one.name).join(", ");
  return {
    id,
    period,
    at,
    engine_version: ENGINE,
    inputs_hash: HASH,
    plan_name_zh: name.zh,
    plan_name_en: name.en,
    statements,
    total: money(statements.reduce((sum, one) => sum + minorOf(one.payout.amount), 0n)),
    notes: missing.length > 0 ? [{ code: "no_target_bonus_people", params: { count: String(missing.length), names } }] : [],
  };
}

/** Periods of the plan's kind, newest first. */
function periodsOf(world: World): string[] {
  if (world.state !== "ready") return [];
  const { period } = planOf(world);
  const [from, to] = ["2025-07-01", "2027-01-01"];
  const keys = period === "half" ? periods("quarter", from, to).map(({ start }) => halfAround(start)) : periods(period as Kind, from, to).map(({ key }) => key);
  return [...new Set(keys)].toReversed();
}

export const bonusHandlers = {
  ...bonusPlanHandlers,
  ...bonusPeopleHandlers,
  ...bonusPaperHandlers,
  list_bonus_runs: (_, { world }) => ({
    runs: world.bonusRuns.map((run) => ({ ...run, plan: planOf(world).code, total: runOf(world, run.period, run.id, run.at).total })),
    periods: periodsOf(world),
  }),
  get_bonus_run: ({ period }, { world }) => {
    const run = world.bonusRuns.find((one) => one.period === period);
    return run ? runOf(world, period, run.id, run.at) : null;
  },
  run_bonus: ({ period, preview }, { world, changed }) => {
    const at = "2026-11-24T02:30:00Z";
    if (preview) return runOf(world, period, null, at);
    const id = `r-${world.bonusRuns.length + 1}`;
    world.bonusRuns = [{ id, period, at }, ...world.bonusRuns.filter((one) => one.period !== period)];
    changed("bonus");
    return runOf(world, period, id, at);
  },
  get_statement: ({ period, person }, { world }) => {
    const found = world.people.find(({ id }) => id === person);
    if (!found) throw refuse("not_found", { what: "statement", value: person });
    return statement(world, found, period);
  },
  copy_statement: () => null,
} satisfies Partial<Handlers>;
