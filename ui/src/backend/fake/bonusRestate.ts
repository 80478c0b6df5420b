/** Recalculation of a paid period of the fake: differences by person with what made them, as adjustments of the next period. */
import { parsePeriod, shift } from "../../components/period";
import type { Message, RestateBonus, RestatedPerson, Restatement } from "../generated";
import { author, heldIn, isSettled, moment, stateOf, stepsOf, type FakeFrozen } from "./bonusBook";
import { planOf } from "./bonusPlan";
import { ofPlan } from "./bonusPlans";
import { liveRun } from "./bonusRuns";
import { minorOf } from "./bonusStatement";
import { money, type World } from "./company";
import { refuse, type Context, type Handlers } from "./fake";
import { recordRow } from "./performance";

function nextOf(period: string): string | null {
  const parsed = parsePeriod(period);
  return parsed && shift(parsed, 1).key;
}

/** The person's deals whose amount is another since the freeze, and pay that waited. */
function causes(world: World, period: string, frozen: FakeFrozen, person: string): Message[] {
  const held = heldIn(stepsOf(world, period)).some((step) => step.person === person);
  const facts = world.deals
    .filter((deal) => deal.person === person && frozen.facts.has(deal.id) && frozen.facts.get(deal.id) !== (deal.minor ?? 0n))
    .map((deal) => ({
      code: "cause_amount",
      params: { label: recordRow(world, deal).external_id, on: deal.closed ?? "", from: money(frozen.facts.get(deal.id) ?? 0n).amount, to: money(deal.minor ?? 0n).amount },
    }));
  const all: Message[] = [...(held ? [{ code: "cause_held", params: {} }] : []), ...facts];
  return all.length > 0 ? all : [{ code: "cause_settled_otherwise", params: {} }];
}

/** Differences that stand: what was refused or taken back comes again. */
function restatedSoFar(world: World, period: string, person: string): bigint {
  const plan = planOf(world).code;
  return world.bonusBook.adjustments
    .filter((one) => one.restated === period && one.plan === plan && one.person === person && (one.state === "waiting" || one.state === "approved"))
    .reduce((sum, one) => sum + minorOf(one.amount.amount), 0n);
}

/** Who is paid differently with today's facts than was settled with them. */
export function differing(world: World, period: string, frozen: FakeFrozen): RestatedPerson[] {
  return liveRun(world, period, null, "").statements.flatMap((one) => {
    const settled = (frozen.settled.get(one.person) ?? 0n) + restatedSoFar(world, period, one.person);
    const now = minorOf(one.payout.amount);
    if (now === settled) return [];
    // Of whom something cannot be known, nothing is settled.
    if (one.blocked) return [];
    return [{ person: one.person, name: one.name, settled: money(settled), now: money(now), difference: money(now - settled), causes: causes(world, period, frozen, one.person) }];
  });
}

function restate({ period, plan: code, preview }: RestateBonus, { world: all, changed }: Context): Restatement {
  const world = ofPlan(all, code);
  const frozen = world.bonusBook.frozen.get(period);
  if (!frozen || !isSettled(stepsOf(world, period))) throw refuse("bonus_not_settled", { period, state: stateOf(stepsOf(world, period)) });
  const people = differing(world, period, frozen);
  const into = nextOf(period);
  const plan = planOf(world).code;
  const result = { period, plan, version: frozen.version + (people.length > 0 ? 1 : 0), into: people.length > 0 ? into : null, people, total: money(people.reduce((sum, one) => sum + minorOf(one.difference.amount), 0n)), notes: [] };
  if (preview || people.length === 0) return result;
  const at = moment(world);
  frozen.version += 1;
  for (const one of people) {
    world.bonusBook.adjustments.unshift({
      id: `adj-${world.bonusBook.adjustments.length + 1}`,
      person: one.person,
      period: into ?? period,
      plan,
      amount: one.difference,
      reason: "",
      cause: one.causes,
      restated: period,
      by: author(world),
      at,
      state: "waiting",
      decided_by: null,
      decided_at: null,
      decision_reason: null,
    });
  }
  world.bonusBook.steps.push({ period, kind: "restate", by: author(world), at, unit: null, person: null, on: null, reason: null });
  changed("bonus");
  return result;
}

export const bonusRestateHandlers = { restate_bonus: restate } satisfies Partial<Handlers>;
