/** Runs of the fake: what would be paid now, what is kept, what was frozen when it was handed in. */
import type { BonusRun } from "../generated";
import { inSight, stateOf, stepsOf } from "./bonusBook";
import { planOf } from "./bonusPlan";
import { ENGINE, HASH, minorOf, statement } from "./bonusStatement";
import { money, type World } from "./company";

/** Of everybody in sight, or of those only. */
export function liveRun(world: World, period: string, id: string | null, at: string, people?: readonly string[]): BonusRun {
  const statements = inSight(world)
    .filter((person) => people === undefined || people.includes(person.id))
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

/** The newest kept run; that of everybody, where one of some does not do. */
export function keptRun(world: World, period: string, whole = false): BonusRun | null {
  const run = world.bonusRuns.find((one) => one.period === period && !(whole && one.people));
  return run ? liveRun(world, period, run.id, run.at, run.people) : null;
}

/** What was handed in and is not open again, as it was then. */
export function frozenRun(world: World, period: string): BonusRun | null {
  const frozen = world.bonusBook.frozen.get(period);
  if (!frozen || stateOf(stepsOf(world, period)) === "open") return null;
  const seen = inSight(world);
  const statements = frozen.run.statements.filter(({ person }) => seen.some(({ id }) => id === person));
  // Notes are of everybody.
  const notes = seen.length === world.people.length ? frozen.run.notes : [];
  return { ...frozen.run, notes, statements, total: money(statements.reduce((sum, one) => sum + minorOf(one.payout.amount), 0n)) };
}
