/** Goals: a company goal split over people and months; weeks by days. */
import { children, parsePeriod } from "../../components/period";
import { parseExact } from "../../components/format";
import type { GoalNode, GoalTree, SplitRule } from "../generated";
import { allocate } from "./allocate";
import { money, unitsBelow, type FakeGoal, type FakePerson, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { newest, sumOf, weeksOf } from "./goalBook";
import { blend } from "./goalBlend";
import { note } from "./history";

/** Goal of each person by month (0 to 11), in minor units; null: no goal, or not split yet. */
export function monthlyGoals(world: World, year: number): Map<string, bigint[]> | null {
  const book = world.goals.get(year)?.book;
  if (!book) return splitGoals(world, year);
  const months = Array.from({ length: 12 }, (_, month) => book.weeks.flatMap((week, place) => (week.month === month + 1 ? [place] : [])));
  const version = newest(book);
  return new Map([...version.cells.keys()].map((person) => [person, months.map((weeks) => sumOf(version, [person], weeks))]));
}

/** As the split made it. */
export function splitGoals(world: World, year: number): Map<string, bigint[]> | null {
  const goal = world.goals.get(year);
  if (!goal?.splitBy) return null;
  const weights = goal.weights ?? world.people.map(() => 1n);
  const yearly = allocate(goal.minor, weights);
  const days = Array.from({ length: 12 }, (_, month) => BigInt(workingDays(year, month)));
  return new Map(world.people.map((person, index) => [person.id, allocate(yearly[index] ?? 0n, days)]));
}

function workingDays(year: number, month: number): number {
  let count = 0;
  for (let time = Date.UTC(year, month, 1); time < Date.UTC(year, month + 1, 1); time += 86_400_000) {
    if (![0, 6].includes(new Date(time).getUTCDay())) count += 1;
  }
  return count;
}

/** Goal of some people in a period of months; null without a split goal. */
export function goalOf(world: World, people: readonly FakePerson[], periodKey: string): bigint | null {
  const period = parsePeriod(periodKey);
  const goals = period && monthlyGoals(world, period.year);
  if (!period || !goals || period.kind === "iso_week" || period.kind === "cut_week") return null;
  const first = Number(period.start.slice(5, 7)) - 1;
  const count = { year: 12, quarter: 3, month: 1 }[period.kind];
  return people.reduce(
    (sum, person) => sum + (goals.get(person.id) ?? []).slice(first, first + count).reduce((a, b) => a + b, 0n),
    0n,
  );
}

export function peopleOf(world: World, unit: string | null): FakePerson[] {
  const units = unitsBelow(world, unit);
  return world.people.filter((person) => units.has(person.team));
}

export function wonBetween(world: World, people: readonly FakePerson[], start: string, end: string): bigint {
  const ids = new Set(people.map((person) => person.id));
  return world.deals
    .filter((deal) => deal.stage === "won" && deal.closed !== null && deal.closed >= start && deal.closed < end && ids.has(deal.person))
    .reduce((sum, deal) => sum + (deal.minor ?? 0n), 0n);
}

function treeOf(world: World, year: number): GoalTree {
  const goal = world.goals.get(year);
  if (!goal) return { plan: null, draft: null, nodes: [], notes: [], actuals: [] };
  const nodes: GoalNode[] = [];
  const periods = [String(year), ...[1, 2, 3, 4].flatMap((quarter) => [`${year}-Q${quarter}`, ...monthsOf(year, quarter)])];
  const push = (unit: string, name: string, parent: string | null, level: string, people: FakePerson[], staff?: string) => {
    for (const period of periods) {
      const minor = goalOf(world, people, period);
      if (minor === null) continue;
      nodes.push({
        unit,
        name,
        ...(staff !== undefined && { staff_number: staff }),
        parent_unit: parent,
        level,
        period,
        parent_period: parentOf(period),
        amount: money(minor).amount,
        currency: world.currency,
      });
    }
  };
  for (const unit of world.units) push(unit.id, unit.name, unit.parent, unit.kind, peopleOf(world, unit.id));
  for (const person of world.people) push(person.id, person.name, person.team, "person", [person], person.staff);
  return {
    plan: {
      id: `g-${year}-${goal.version}`,
      year,
      version: goal.version,
      state: "draft",
      amount: money(goal.minor),
      split_by: goal.splitBy,
      base: goal.base,
    },
    draft: null,
    nodes,
    notes: goal.splitBy === null ? [] : goal.notes ?? [],
    actuals: [
      ...world.units.map((unit) => ({ unit: unit.id, person: null, people: peopleOf(world, unit.id) })),
      ...world.people.map((person) => ({ unit: person.id, person: person.id, people: [person] })),
    ].map(({ unit, person, people }) => {
      const actual = wonBetween(world, people, `${year}-01-01`, `${year + 1}-01-01`);
      const own = goalOf(world, people, String(year));
      return {
        unit,
        actual: money(actual),
        attainment: own ? `${actual}/${own}` : null,
        drill: {
          figure: "attainment",
          unit: person === null ? unit : null,
          directly: false,
          days: { from: `${year}-01-01`, to: `${year + 1}-01-01` },
          person,
          customer_types: [],
          cursor: null,
        },
      };
    }),
  };
}

function monthsOf(year: number, quarter: number): string[] {
  return [-2, -1, 0].map((back) => `${year}-${String(quarter * 3 + back).padStart(2, "0")}`);
}

function parentOf(period: string): string | null {
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) return `${month[1]}-Q${Math.ceil(Number(month[2]) / 3)}`;
  return period.includes("-") ? period.slice(0, 4) : null;
}

function split(world: World, year: number, rule: SplitRule): GoalTree {
  const goal = world.goals.get(year);
  if (!goal) throw refuse("no_goal", { year: String(year) });
  const base = rule.by === "history" ? (rule.base ?? year - 1) : null;
  goal.splitBy = rule.by;
  goal.base = base;
  goal.version += 1;
  goal.older = goal.book?.versions ?? goal.older ?? [];
  delete goal.book;
  delete goal.factors;
  if (rule.by === "blend") {
    const { amounts, factors } = blend(world, year, goal.minor, rule);
    goal.weights = amounts;
    goal.factors = factors;
    return treeOf(world, year);
  }
  goal.weights = world.people.map((person) => {
    if (rule.by === "equal") return 1n;
    if (rule.by === "history") return wonBetween(world, [person], `${base}-01-01`, `${Number(base) + 1}-01-01`);
    const weight = parseExact(rule.weights[person.id] ?? "0");
    if (!weight || weight.n < 0n) throw refuse("negative_weight", { name: person.name, weight: rule.weights[person.id] ?? "" });
    return (weight.n * 10_000n) / weight.d;
  });
  return treeOf(world, year);
}

export const goalHandlers = {
  get_goal_years: (_, { world }) => ({
    with_goal: [...world.goals.keys()].toSorted(),
    with_data: [2024, 2025, 2026].map((year) => ({
      year,
      months: Array.from({ length: year === 2026 ? 10 : 12 }, (_unused, month) => month + 1),
      result: money(wonBetween(world, world.people, `${year}-01-01`, `${year + 1}-01-01`)),
    })),
  }),
  set_goal: ({ year, amount }, { world, changed }) => {
    const exact = parseExact(amount);
    if (!exact) throw refuse("invalid_amount", { value: amount });
    const version = (world.goals.get(year)?.version ?? 0) + 1;
    world.goals.set(year, { minor: (exact.n * 100n) / exact.d, version, splitBy: null, base: null });
    changed("goals");
    return treeOf(world, year);
  },
  split_goal: ({ year, rule, preview }, { world, changed }) => {
    if (!preview) {
      const old = { ...world.goals.get(year) } as FakeGoal;
      const kept = split(world, year, rule);
      note(world, "split_goal", { code: "change_split_goal", params: { year: String(year), metric: "won_amount", by: rule.by } }, [], () => world.goals.set(year, old));
      changed("goals", "history");
      return kept;
    }
    const before = world.goals.get(year);
    if (!before) throw refuse("no_goal", { year: String(year) });
    world.goals.set(year, { ...before });
    try {
      return split(world, year, rule);
    } finally {
      world.goals.set(year, before);
    }
  },
  get_goal: ({ year }, { world }) => treeOf(world, year),
  get_goal_weeks: ({ year, unit }, { world }) => {
    const person = world.people.find(({ id }) => id === unit);
    const name = person?.name ?? world.units.find(({ id }) => id === unit)?.name ?? "";
    const people = person ? [person] : peopleOf(world, unit);
    return Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, "0")}`).flatMap((month) => {
      const period = parsePeriod(month);
      if (!period) return [];
      const weeks = children(period);
      const days = weeks.map((week) => BigInt((Date.parse(week.end) - Date.parse(week.start)) / 86_400_000));
      const book = world.goals.get(year)?.book;
      const amounts = book
        ? weeks.map(({ key }) => sumOf(newest(book), people.map(({ id }) => id), weeksOf(book, key)))
        : allocate(goalOf(world, people, month) ?? 0n, days);
      return weeks.map((week, index) => ({
        unit,
        name,
        parent_unit: person?.team ?? world.units.find(({ id }) => id === unit)?.parent ?? null,
        level: person ? "person" : (world.units.find(({ id }) => id === unit)?.kind ?? "team"),
        period: week.key,
        parent_period: month,
        amount: money(amounts[index] ?? 0n).amount,
        currency: world.currency,
      }));
    });
  },
} satisfies Partial<Handlers>;
