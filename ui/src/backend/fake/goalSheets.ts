/** The goal in other places of the fake: another year, a workbook. */
import { parseExact } from "../../components/format";
import type { CopyAmount, GoalCopied, GoalDifference, GoalEdit, GoalMismatch, Message } from "../generated";
import { money, type FakeGoal, type World } from "./company";
import { refuse, type Handlers } from "./fake";
import { newest, sumOf, under, weeksOf } from "./goalBook";
import { goalGridHandlers, open, planId, planInfo, treeOf, yearOf, type Node } from "./goalGrid";
import { note } from "./history";

/** What the next workbook has that a dialog names. */
export interface FakeSheet {
  file: string;
  mismatches: GoalMismatch[];
  edits: GoalEdit[];
  notes?: Message[];
}

/** One person's January is another number. */
export const changedSheet = (year: number): FakeSheet => ({
  file: `${year}年度目标.xlsx`,
  mismatches: [],
  edits: [{ kind: "set", unit: "p-1", period: `${year}-01`, amount: "250000.00", above: "grow" }],
});

function copied(world: World, from: number, to: number, size: CopyAmount): { goal: FakeGoal; answer: GoalCopied } {
  const opened = open(world, from);
  if (!opened) throw refuse(world.goals.has(from) ? "goal_not_split_yet" : "no_goal_set", { metric: "won_amount", year: String(from) });
  const target = open(world, to);
  if (target && newest(target.book).locks.size > 0) {
    throw refuse("goal_locked", { year: String(to), locks: [...newest(target.book).locks].join(", ") });
  }
  const version = newest(opened.book);
  const year = weeksOf(opened.book, String(from));
  const had = (people: readonly string[]) => sumOf(version, people, year);
  const whole = had(world.people.map(({ id }) => id));
  const exact = parseExact(size.by === "growth" ? size.factor : size.amount);
  if (!exact || exact.n < 0n) throw refuse("input", { field: "growth", value: size.by === "growth" ? size.factor : size.amount, expected: "a decimal that is not negative, as in 1.1" });
  const minor = size.by === "growth" ? (whole * exact.n * 2n + exact.d) / (exact.d * 2n) : (exact.n * 100n) / exact.d;
  const before = world.goals.get(to);
  const goal: FakeGoal = {
    minor,
    version: (before?.version ?? 0) + 1,
    splitBy: "copy",
    base: from,
    weights: world.people.map(({ id }) => had([id])),
    ...(target && { older: target.book.versions }),
  };
  const was = { ...before } as FakeGoal;
  world.goals.set(to, goal);
  try {
    const made = open(world, to);
    if (!made) throw refuse("nobody", { period: String(to) });
    const cells = newest(made.book);
    const walk = (node: Node): Node[] => [node, ...node.parts.flatMap(walk)];
    const root = treeOf(world);
    const rows: GoalDifference[] = (root ? walk(root) : []).map(({ unit, name, staff, level }) => ({
      unit,
      name,
      ...(staff !== undefined && { staff_number: staff }),
      level,
      period: String(to),
      before: money(had(under(world, unit))).amount,
      after: money(sumOf(cells, under(world, unit), weeksOf(made.book, String(to)))).amount,
    }));
    return {
      goal,
      answer: {
        plan: planInfo(to, goal, cells),
        from: planInfo(from, opened.goal, version),
        replaced: target ? planInfo(to, was, newest(target.book)) : null,
        rows,
        notes: [],
      },
    };
  } finally {
    if (before) world.goals.set(to, before);
    else world.goals.delete(to);
  }
}

export const goalSheetHandlers = {
  copy_goal_plan: ({ from, to, amount, preview }, { world, changed }) => {
    const { goal, answer } = copied(world, from, to, amount);
    if (preview) return answer;
    const before = world.goals.get(to);
    const put = (one: FakeGoal | undefined) => (one ? world.goals.set(to, one) : world.goals.delete(to));
    const what = { code: "change_split_goal", params: { year: String(to), metric: "won_amount", by: "copy" } };
    note(world, "split_goal", what, [], () => put(before), () => put(goal));
    put(goal);
    changed("goals", "history");
    return answer;
  },
  export_goal_sheet: ({ year }) => ({ folder: "C:/目标", files: [`${year}年度目标.xlsx`], failed: [] }),
  pick_goal_sheet: ({ year }, context) => {
    const { world } = context;
    const sheet = world.goalSheet === undefined ? changedSheet(year) : world.goalSheet;
    const opened = open(world, year);
    delete world.goalSheetPicked;
    if (!sheet || !opened) return null;
    const plan = planId(year, newest(opened.book));
    const edited =
      sheet.mismatches.length > 0 || sheet.edits.length === 0
        ? null
        : goalGridHandlers.edit_goal({ plan, edits: sheet.edits, preview: true }, context);
    if (edited) world.goalSheetPicked = { plan, edits: sheet.edits, file: sheet.file };
    return { plan, file: sheet.file, read: { mismatches: sheet.mismatches, mismatch_count: sheet.mismatches.length, people: world.people.length, edited, notes: sheet.notes ?? [] } };
  },
  import_goal_sheet: ({ plan, frozen_before, preview = false }, context) => {
    const picked = context.world.goalSheetPicked;
    if (picked?.plan !== plan) throw refuse("goal_sheet_not_picked", { year: String(yearOf(plan)) });
    if (!preview) delete context.world.goalSheetPicked;
    return goalGridHandlers.edit_goal({ plan, edits: picked.edits, ...(frozen_before !== undefined && { frozen_before }), reason: picked.file, preview }, context);
  },
} satisfies Partial<Handlers>;
