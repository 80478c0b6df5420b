/** A blend of factors in the fake: each factor divides its share of the goal; and why a goal is what it is. */
import { addExact, parseExact, sumDecimals } from "../../components/format";
import type { BlendRule, GoalFactor, GoalWhy, GoalWhyPart } from "../generated";
import { allocate } from "./allocate";
import { money, unitsBelow, type FakeGoal, type FakePerson, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { goalOf, peopleOf, wonBetween } from "./goals";

/** What a factor gave to everybody, in the order of people. */
export interface FakeFactor {
  factor: GoalFactor;
  pot: bigint;
  weights: bigint[];
  amounts: bigint[];
}

/** Everybody's amounts and how they came about; refused where the shares do not total 1, or the caps leave no room. */
export function blend(world: World, year: number, goal: bigint, rule: BlendRule): { amounts: bigint[]; factors: FakeFactor[] } {
  const total = rule.factors.reduce((sum, { share }) => addExact(sum, share), "0");
  const exact = parseExact(total);
  if (!exact || exact.n !== exact.d) throw refuse("blend_total", { sum: total, missing: addExact("1", total.startsWith("-") ? total : `-${total}`) });
  const shares = rule.factors.map(({ share }) => parseExact(share) ?? { n: 0n, d: 1n });
  const scale = shares.reduce((all, { d }) => all * d, 1n);
  const pots = allocate(goal, shares.map(({ n, d }) => (n * scale) / d));
  const factors = rule.factors.map(({ factor }, at): FakeFactor => {
    const weights = weightsBy(world, year, factor, rule);
    const pot = pots[at] ?? 0n;
    return { factor, pot, weights, amounts: allocate(pot, weights.some((weight) => weight > 0n) ? weights : weights.map(() => 1n)) };
  });
  const amounts = world.people.map((_, at) => factors.reduce((sum, one) => sum + (one.amounts[at] ?? 0n), 0n));
  refuseBeyondCap(world, year, goal, rule);
  return { amounts, factors };
}

function weightsBy(world: World, year: number, factor: GoalFactor, rule: BlendRule): bigint[] {
  const scaled = (text: string | undefined) => {
    const exact = parseExact(text ?? "0");
    return exact ? (exact.n * 10_000n) / exact.d : 0n;
  };
  return world.people.map((person) => {
    const terms = rule.people[person.id] ?? rule.people[person.staff];
    if (factor === "history") return lastYear(world, person, year);
    if (factor === "pipeline") return BigInt(world.deals.filter((deal) => deal.stage === "open" && deal.person === person.id).length);
    if (factor === "own") return scaled(terms?.weight);
    // Nobody in the fake has a region of their own: markets and segments weigh everybody alike.
    return terms?.part_time ? scaled(terms.part_time) : 10_000n;
  });
}

function lastYear(world: World, person: FakePerson, year: number): bigint {
  return wonBetween(world, [person], `${year - 1}-01-01`, `${year}-01-01`);
}

function refuseBeyondCap(world: World, year: number, goal: bigint, rule: BlendRule): void {
  const cap = rule.cap === undefined ? null : parseExact(rule.cap);
  if (!cap) return;
  const made = world.people.reduce((sum, person) => sum + lastYear(world, person, year), 0n);
  const most = (made * cap.n) / cap.d;
  if (goal <= most) return;
  throw refuse("goal_caps_bind", {
    name: world.company,
    apart: `${money(goal - most).amount} CNY`,
    bound: `${money(most).amount} CNY`,
    people: world.people.slice(0, 10).map(({ name }) => name).join(", "),
    count: String(world.people.length),
    needed: `${Number((goal * 1000n) / (made || 1n)) / 10}%`,
  });
}

function why(world: World, year: number, goal: FakeGoal, unit: string): GoalWhy {
  const person = world.people.find(({ id }) => id === unit);
  const own = world.units.find(({ id }) => id === unit);
  if (!person && !own) throw refuse("not_found", { what: "unit", value: unit });
  const people = person ? [person] : peopleOf(world, unit);
  const above = person ? person.team : (own?.parent ?? null);
  const siblings = above === null ? people : peopleOf(world, above);
  const now = goalOf(world, people, String(year)) ?? 0n;
  const sum = (values: readonly bigint[], of: readonly FakePerson[]) =>
    world.people.reduce((all, one, at) => (of.includes(one) ? all + (values[at] ?? 0n) : all), 0n);
  const part = (source: string, minor: bigint, more: Partial<GoalWhyPart> = {}): GoalWhyPart => ({
    source,
    amount: money(minor).amount,
    weight: null,
    of: null,
    pot: null,
    ...more,
  });
  const parts =
    above === null || !goal.factors
      ? []
      : goal.factors.map(({ factor, weights, amounts }) =>
          part(factor, sum(amounts, people), {
            weight: String(sum(weights, people)),
            of: String(sum(weights, siblings)),
            pot: money(sum(amounts, siblings)).amount,
          }),
        );
  if (goal.factors && above === null) parts.push(part("given", now));
  const explained = parseExact(sumDecimals(parts.map(({ amount }) => amount))) ?? { n: 0n, d: 1n };
  const changed = now - (explained.n * 100n) / explained.d;
  if (goal.factors && changed !== 0n) parts.push(part("changed", changed));
  const made = people.reduce((all, one) => all + lastYear(world, one, year), 0n);
  return {
    unit,
    name: person?.name ?? own?.name ?? "",
    parent: above === null ? null : (world.units.find(({ id }) => id === above)?.name ?? null),
    currency: world.currency,
    goal: money(now).amount,
    split_by: goal.splitBy,
    version: goal.version,
    parts,
    history: goal.factors ? money(made).amount : null,
    basis: goal.factors ? money(made).amount : null,
    growth: made > 0n ? `${now}/${made}` : null,
    last_year: money(made).amount,
    last_year_until: null,
    by_basis: goal.factors && made > 0n ? `${now}/${made}` : null,
    over_assigned: "0.00",
    notes: [],
  };
}

export const goalBlendHandlers = {
  get_goal_why: ({ year, unit }, { world }) => {
    const goal = world.goals.get(year);
    if (!goal) throw refuse("no_goal_set", { metric: "won_amount", year: String(year) });
    return why(world, year, goal, unit);
  },
} satisfies Partial<Handlers>;

/** Whether a unit or person belongs to the company of the fake. */
export function isKnown(world: World, unit: string): boolean {
  return unitsBelow(world, null).has(unit) || world.people.some(({ id }) => id === unit);
}
