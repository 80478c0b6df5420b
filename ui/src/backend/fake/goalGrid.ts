/** The goal as a tree-table: windows of rows, edits with what they moved, versions. */
import { children, parsePeriod, type Period } from "../../components/period";
import type {
  GetGoalGrid,
  GoalDifference,
  GoalGrid,
  GoalPlanInfo,
  GridColumn,
  GridColumns,
  GridRow,
  LockMark,
  PeriodKind,
} from "../generated";
import { money, type FakeGoal, type FakePerson, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { applyEdit, bookOf, copyOf, lockedCells, newest, parentPeriod, sumOf, under, weeksOf, type FakeBook, type FakeVersion } from "./goalBook";
import { splitGoals, wonBetween } from "./goals";
import { note } from "./history";

export interface Opened {
  goal: FakeGoal;
  book: FakeBook;
}

/** The year's book, made from its split when it is first looked at; null: no goal, or not split. */
export function open(world: World, year: number): Opened | null {
  const goal = world.goals.get(year);
  const months = splitGoals(world, year);
  if (!goal || !months) return null;
  if (!goal.book) {
    const book = bookOf(year, months, { version: goal.version, state: "in_force", at: "2026-01-05T01:00:00Z", by: goal.splitBy });
    book.versions.unshift(...(goal.older ?? []).map((version) => ({ ...version, state: "superseded" as const })));
    goal.book = book;
  }
  return { goal, book: goal.book };
}

export function planInfo(year: number, goal: FakeGoal, version: FakeVersion): GoalPlanInfo {
  const all = [...version.cells.values()].flat().reduce((a, b) => a + b, 0n);
  return { id: planId(year, version), year, version: version.version, state: version.state, amount: money(all), split_by: version.by, base: goal.base };
}

export function planId(year: number, { version }: { version: number }): string {
  return `g-${year}-${version}`;
}

/** The year of a plan's id. */
export function yearOf(plan: string): number {
  return Number(/^g-(\d{4})-\d+$/.exec(plan)?.[1] ?? "0");
}

function columnsOf(year: number, down: GridColumns): GridColumn[] {
  const depth = { quarters: 1, months: 2, weeks: 3 }[down];
  const walk = (period: Period, level: number): Period[] =>
    level > depth ? [] : [period, ...children(period).flatMap((part) => walk(part, level + 1))];
  const whole = parsePeriod(String(year));
  return (whole ? walk(whole, 0) : []).map(({ key, kind, start, end }) => ({
    period: key,
    kind: kind as PeriodKind,
    start,
    end,
    parent: parentPeriod(key),
  }));
}

export interface Node {
  unit: string;
  name: string;
  staff?: string;
  level: string;
  depth: number;
  parent: string | null;
  parts: Node[];
}

export function treeOf(world: World): Node | undefined {
  const person = ({ id, name, staff, team }: FakePerson, depth: number): Node => ({ unit: id, name, staff, level: "person", depth, parent: team, parts: [] });
  const node = (id: string, depth: number): Node | undefined => {
    const unit = world.units.find((one) => one.id === id);
    if (!unit) return undefined;
    const below = world.units.filter(({ parent }) => parent === id).flatMap((one) => node(one.id, depth + 1) ?? []);
    const people = world.people.filter(({ team }) => team === id).map((one) => person(one, depth + 1));
    return { unit: id, name: unit.name, level: unit.kind, depth, parent: unit.parent, parts: [...below, ...people] };
  };
  const root = world.units.find(({ parent }) => parent === null);
  return root && node(root.id, 0);
}

/** The rows in sight, with whether their parts are shown. */
export function shown(node: Node, { expanded, search }: Pick<GetGoalGrid, "expanded" | "search">): { node: Node; expanded: boolean }[] {
  const text = search?.trim().toLowerCase() ?? "";
  if (text) {
    const below = node.parts.flatMap((part) => shown(part, { expanded, ...(search !== undefined && { search }) }));
    const hit = node.name.toLowerCase().includes(text) || (node.staff ?? "").toLowerCase().includes(text);
    return hit || below.length > 0 ? [{ node, expanded: below.length > 0 }, ...below] : [];
  }
  const isOpen = node.parts.length > 0 && (node.depth === 0 || expanded.includes("*") || expanded.includes(node.unit));
  return [{ node, expanded: isOpen }, ...(isOpen ? node.parts.flatMap((part) => shown(part, { expanded, ...(search !== undefined && { search }) })) : [])];
}

function rowOf(world: World, opened: Opened, version: FakeVersion, columns: readonly GridColumn[], { node, expanded }: ReturnType<typeof shown>[number]): GridRow {
  const people = under(world, node.unit);
  const year = Number(opened.book.weeks[0]?.year);
  const locked = lockedCells({ world, book: opened.book, version });
  const lockOf = (period: string): LockMark => {
    if (version.locks.has(`${node.unit} ${period}`)) return "own";
    const cells = people.flatMap((person) => weeksOf(opened.book, period).map((week) => locked.has(`${person} ${week}`)));
    return cells.every(Boolean) ? "all" : cells.some(Boolean) ? "part" : "none";
  };
  const won = (from: string, to: string) => wonBetween(world, world.people.filter(({ id }) => people.includes(id)), from, to);
  const last = won(`${year - 1}-01-01`, `${year}-01-01`);
  const goal = sumOf(version, people, weeksOf(opened.book, String(year)));
  const known = year - 1 >= 2024;
  return {
    unit: node.unit,
    name: node.name,
    ...(node.staff !== undefined && { staff_number: node.staff }),
    level: node.level,
    depth: node.depth,
    parent: node.parent,
    children: node.parts.length,
    expanded,
    amounts: columns.map(({ period }) => money(sumOf(version, people, weeksOf(opened.book, period))).amount),
    locks: columns.map(({ period }) => lockOf(period)),
    history: known
      ? columnsOf(year - 1, "months").filter(({ kind }) => kind === "month").map(({ start, end }) => money(won(start, end)).amount)
      : null,
    last_year: known ? money(last).amount : null,
    growth: known && last !== 0n ? `${goal}/${last}` : null,
  };
}

function grid(world: World, args: GetGoalGrid): GoalGrid {
  const { year, version: asked, columns: down, offset, limit } = args;
  const opened = open(world, year);
  const columns = columnsOf(year, down);
  const none = { editable: false, currency: world.currency, columns, rows: [], offset, total: 0, people: 0 };
  if (!opened) {
    const goal = world.goals.get(year);
    const unsplit = goal && { id: `g-${year}-${goal.version}`, year, version: goal.version, state: "draft" as const, amount: money(goal.minor), split_by: null, base: null };
    return { ...none, plan: unsplit ?? null };
  }
  const version = asked === undefined ? newest(opened.book) : find(opened.book, asked);
  const root = treeOf(world);
  const rows = root ? shown(root, args) : [];
  return {
    ...none,
    plan: planInfo(year, opened.goal, version),
    editable: version === newest(opened.book),
    rows: rows.slice(offset, offset + limit).map((row) => rowOf(world, opened, version, columns, row)),
    total: rows.length,
    people: version.cells.size,
  };
}

function find(book: FakeBook, version: number): FakeVersion {
  const found = book.versions.find((one) => one.version === version);
  if (!found) throw refuse("not_found", { what: "goal", value: String(version) });
  return found;
}

/** Numbers of units and people that differ in some periods. */
function differences(world: World, book: FakeBook, before: FakeVersion, after: FakeVersion, periods: readonly string[]): GoalDifference[] {
  const walk = (node: Node): Node[] => [node, ...node.parts.flatMap(walk)];
  const root = treeOf(world);
  return (root ? walk(root) : []).flatMap(({ unit, name, staff, level }) =>
    periods.flatMap((period) => {
      const [people, weeks] = [under(world, unit), weeksOf(book, period)];
      const [was, is] = [sumOf(before, people, weeks), sumOf(after, people, weeks)];
      if (was === is) return [];
      return { unit, name, ...(staff !== undefined && { staff_number: staff }), level, period, before: money(was).amount, after: money(is).amount };
    }),
  );
}

function cellsChanged(before: FakeVersion, after: FakeVersion): number {
  return [...after.cells].reduce((sum, [person, row]) => sum + row.filter((amount, week) => amount !== before.cells.get(person)?.[week]).length, 0);
}

const sizeOf = ({ before, after }: GoalDifference) => Math.abs(Number(after) - Number(before));

export const goalGridHandlers = {
  get_goal_grid: (args, { world }) => grid(world, args),
  edit_goal: ({ plan, edits, frozen_before, preview }, { world, changed }) => {
    const year = yearOf(plan);
    const opened = open(world, year);
    if (!opened) throw refuse("no_goal_set", { metric: "won_amount", year: String(year) });
    const { goal, book } = opened;
    const before = newest(book);
    if (plan !== planId(year, before)) throw refuse("goal_superseded");
    const after = copyOf(before);
    for (const edit of edits) applyEdit({ world, book, version: after, frozenBefore: frozen_before ?? null }, edit);
    const revised = edits.some(({ kind }) => kind === "revise");
    if (revised) Object.assign(after, { version: before.version + 1, at: "2026-11-24T02:00:00Z" });
    const moved = differences(world, book, before, after, [String(year)]).toSorted((a, b) => sizeOf(b) - sizeOf(a));
    if (!preview) {
      const [versions, kept] = [book.versions, revised ? [...book.versions.slice(0, -1), { ...before, state: "superseded" as const }] : book.versions.slice(0, -1)];
      const put = (list: FakeVersion[]) => {
        book.versions = list;
        goal.version = newest(book).version;
        goal.minor = [...newest(book).cells.values()].flat().reduce((a, b) => a + b, 0n);
      };
      const what = { code: "change_set_goal", params: { year: String(year), metric: "won_amount" } };
      note(world, "set_goal", what, [], () => put(versions), () => put([...kept, after]));
      put([...kept, after]);
      changed("goals", "history");
    }
    return { plan: planInfo(year, goal, after), changed: cellsChanged(before, after), moved: moved.slice(0, 200), moved_total: moved.length, notes: [] };
  },
  compare_goals: ({ year, before, after, periods }, { world }) => {
    const opened = open(world, year);
    if (!opened) throw refuse("no_goal_set", { metric: "won_amount", year: String(year) });
    const { book, goal } = opened;
    const [was, is] = [find(book, before), find(book, after)];
    const keys = columnsOf(year, "months").filter(({ kind }) => kind === periods).map(({ period }) => period);
    return { before: planInfo(year, goal, was), after: planInfo(year, goal, is), rows: differences(world, book, was, is, keys) };
  },
  restore_goal_version: ({ plan }, { world, changed }) => {
    const year = yearOf(plan);
    const opened = open(world, year);
    const old = opened?.book.versions.find((version) => planId(year, version) === plan);
    if (!opened || !old) throw refuse("not_found", { what: "goal", value: plan });
    const { book, goal } = opened;
    const last = newest(book);
    const restored: FakeVersion = { ...copyOf(old), version: last.version + 1, state: "in_force", at: "2026-11-24T03:00:00Z" };
    book.versions = [...book.versions.slice(0, -1), { ...last, state: "superseded" }, restored];
    goal.version = restored.version;
    changed("goals", "history");
    return planInfo(year, goal, restored);
  },
} satisfies Partial<Handlers>;
