/** Adjustments of the fake: entered, decided by a second person, taken back. */
import type { AdjustmentRow, DecideBonusAdjustments } from "../generated";
import { author, inSight, mayRun, moment, stateOf, stepsOf, written, type FakeAdjustment } from "./bonusBook";
import { planOf } from "./bonusPlan";
import { ofPlan } from "./bonusPlans";
import { minorOf } from "./bonusStatement";
import { money, type World } from "./company";
import { refuse, type Context, type Handlers } from "./fake";

export function rowOf(world: World, one: FakeAdjustment): AdjustmentRow {
  const mine = one.by === author(world);
  const waits = one.state === "waiting" && mayRun(world);
  return {
    ...one,
    name: world.people.find(({ id }) => id === one.person)?.name ?? one.person,
    may_decide: waits && !mine,
    may_withdraw: waits && mine,
  };
}

function list(world: World, period: string | undefined): AdjustmentRow[] {
  const seen = new Set(inSight(world).map(({ id }) => id));
  return world.bonusBook.adjustments.filter((one) => seen.has(one.person) && (period === undefined || one.period === period)).map((one) => rowOf(world, one));
}

function decide({ adjustments, decision, reason }: DecideBonusAdjustments, { world, changed }: Context): AdjustmentRow[] {
  written(reason);
  const book = world.bonusBook;
  const chosen = adjustments.map((id) => {
    const found = book.adjustments.find((one) => one.id === id);
    if (!found) throw refuse("not_found", { what: "bonus_adjustment", value: id });
    const row = rowOf(world, found);
    if (!(decision === "withdrawn" ? row.may_withdraw : row.may_decide)) throw found.state === "waiting" ? refuse(decision === "withdrawn" ? "bonus_adjustment_of_another" : "bonus_second_person", { name: row.by }) : refuse("bonus_adjustment_decided", { name: row.name });
    return found;
  });
  for (const one of chosen) Object.assign(one, { state: decision, decided_by: author(world), decided_at: moment(world), decision_reason: reason ?? null });
  changed("bonus");
  return chosen.map((one) => rowOf(world, one));
}

export const bonusAdjustmentHandlers = {
  list_bonus_adjustments: ({ period }, { world }) => list(world, period),
  add_bonus_adjustment: ({ person, period, plan, amount, reason }, { world: all, changed }) => {
    const world = ofPlan(all, plan);
    if (!written(reason)) throw refuse("input", { field: "reason", value: "", expected: "a reason" });
    if (minorOf(amount.amount) === 0n) throw refuse("bonus_adjustment_zero");
    const state = stateOf(stepsOf(world, period));
    if (state !== "open") throw refuse("bonus_frozen", { period, state });
    const made: FakeAdjustment = {
      id: `adj-${world.bonusBook.adjustments.length + 1}`,
      person,
      period,
      plan: planOf(world).code,
      amount: money(minorOf(amount.amount), amount.currency),
      reason: reason.trim(),
      cause: [],
      restated: null,
      by: author(world),
      at: moment(world),
      state: "waiting",
      decided_by: null,
      decided_at: null,
      decision_reason: null,
    };
    world.bonusBook.adjustments.unshift(made);
    changed("bonus");
    return rowOf(world, made);
  },
  decide_bonus_adjustments: decide,
} satisfies Partial<Handlers>;
