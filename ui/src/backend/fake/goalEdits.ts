/** A goal's year changed for one unit or person, on the fake: all above change with it. */
import { parseExact } from "../../components/format";
import type { GoalDifference, GoalEdit, GoalPlanInfo } from "../generated";
import { allocate } from "./allocate";
import { money, type FakeGoal, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { note } from "./history";
import { goalOf, monthlyGoals, peopleOf } from "./goals";

function infoOf(year: number, goal: FakeGoal): GoalPlanInfo {
  return { id: planId(year, goal), year, version: goal.version, state: "draft", amount: money(goal.minor), split_by: goal.splitBy, base: goal.base };
}

function planId(year: number, goal: FakeGoal): string {
  return `g-${year}-${goal.version}`;
}

/** Everybody's year after a change. */
function changedYears(world: World, year: number, edit: GoalEdit): bigint[] {
  if (edit.kind !== "set") throw refuse("input", { value: edit.kind, field: "edits", expected: "an amount" });
  const months = monthlyGoals(world, year);
  if (!months) throw refuse("goal_not_split_yet", { metric: "won_amount", year: String(year) });
  const years = world.people.map(({ id }) => (months.get(id) ?? []).reduce((a, b) => a + b, 0n));
  const person = world.people.find(({ id }) => id === edit.unit);
  const own = person ? [person] : peopleOf(world, edit.unit);
  const wanted = parseExact(edit.amount);
  if (!wanted) throw refuse("invalid_amount", { value: edit.amount });
  const before = goalOf(world, own, edit.period) ?? 0n;
  const by = (wanted.n * 100n) / wanted.d - before;
  const shares = allocate(by < 0n ? -by : by, world.people.map((one, at) => (own.includes(one) ? (years[at] ?? 0n) : 0n)));
  return years.map((minor, at) => minor + (by < 0n ? -(shares[at] ?? 0n) : (shares[at] ?? 0n)));
}

function moved(world: World, year: number, after: readonly bigint[]): GoalDifference[] {
  const months = monthlyGoals(world, year) ?? new Map<string, bigint[]>();
  const before = world.people.map(({ id }) => (months.get(id) ?? []).reduce((a, b) => a + b, 0n));
  const sum = (values: readonly bigint[], ids: ReadonlySet<string>) =>
    world.people.reduce((all, { id }, at) => (ids.has(id) ? all + (values[at] ?? 0n) : all), 0n);
  const all = [
    ...world.units.map((unit) => ({ unit: unit.id, name: unit.name, level: unit.kind as string, ids: new Set(peopleOf(world, unit.id).map(({ id }) => id)) })),
    ...world.people.map((person) => ({ unit: person.id, name: person.name, level: "person", ids: new Set([person.id]) })),
  ];
  return all
    .map(({ ids, ...one }) => ({ ...one, was: sum(before, ids), is: sum(after, ids) }))
    .filter(({ was, is }) => was !== is)
    .map(({ was, is, ...one }) => ({ ...one, period: String(year), before: money(was).amount, after: money(is).amount }));
}

export const goalEditHandlers = {
  edit_goal: ({ plan, edits, preview }, { world, changed }) => {
    const found = [...world.goals].find(([year, goal]) => planId(year, goal) === plan);
    if (!found) throw refuse("goal_superseded");
    const [year, goal] = found;
    const edit = edits[0];
    if (!edit) throw refuse("input", { value: "", field: "edits", expected: "an amount" });
    const after = changedYears(world, year, edit);
    const difference = moved(world, year, after);
    if (!preview) {
      const before = { ...goal };
      note(world, "edit_goal", { code: "change_edit_goal", params: { year: String(year), metric: "won_amount", version: String(goal.version), what: "set" } }, [], () =>
        world.goals.set(year, before),
      );
      goal.weights = after.map((minor) => (minor < 0n ? 0n : minor));
      goal.minor = after.reduce((a, b) => a + b, 0n);
      changed("goals", "history");
    }
    return { plan: infoOf(year, goal), changed: difference.length, moved: difference, moved_total: difference.length, notes: [] };
  },
  get_goal_grid: ({ year, offset }, { world }) => {
    const goal = world.goals.get(year);
    return { plan: goal ? infoOf(year, goal) : null, editable: false, currency: world.currency, columns: [], rows: [], offset, total: 0, people: world.people.length };
  },
  list_goal_versions: ({ year }, { world }) => {
    const goal = world.goals.get(year);
    return goal ? [{ plan: infoOf(year, goal), state: "draft" as const, created_at: "2026-01-05T01:00:00Z" }] : [];
  },
  compare_goals: ({ year, before }, { world }) => {
    const goal = world.goals.get(year);
    if (goal?.version !== before) throw refuse("not_found", { what: "goal", value: String(before) });
    return { before: infoOf(year, goal), after: infoOf(year, goal), rows: [] };
  },
  restore_goal_version: ({ plan }, { world }) => {
    const found = [...world.goals].find(([year, goal]) => planId(year, goal) === plan);
    if (!found) throw refuse("not_found", { what: "goal", value: plan });
    return infoOf(...found);
  },
} satisfies Partial<Handlers>;
