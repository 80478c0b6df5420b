/** What a split moves: each unit's and person's year before and after, with last year's result. */
import type { GoalTree } from "../../../backend/generated";
import { compareExact, parseExact, sumDecimals } from "../../../components/format";
import { goalRows, rowName, type GoalRow } from "../tree";

export interface Move {
  key: string;
  unit: string;
  name: string;
  level: string;
  /** Name of the unit above. */
  parent: string;
  before: string | null;
  after: string;
  /** After less before; after alone where there was no goal. */
  difference: string;
  lastYear: string | null;
  /** After less last year's result, by it, exact; null where that is not above zero. */
  growth: string | null;
}

/** Results of a year: of people in whatever team, of teams where they were made. */
export interface LastYear {
  people: Results;
  teams: Results;
}

/** By key of the person or team; without those of which nothing is known. */
export interface Results {
  rows: { key: string; value: string }[];
  total: string;
}

export function movesOf(before: GoalTree | undefined, after: GoalTree, last: LastYear | null): Move[] {
  const year = String(after.plan?.year ?? "");
  const was = new Map<string, string>();
  walk(before?.plan ? goalRows(before) : [], (row) => was.set(row.key, row.amounts.get(year) ?? "0"));
  const people = tableOf(last?.people);
  const teams = tableOf(last?.teams);
  const moves: Move[] = [];
  const lastOf = (row: GoalRow): string | null => {
    if (!last) return null;
    if (row.level === "person") return people.get(row.unit) ?? "0";
    if (row.level === "company") return last.teams.total;
    return sumDecimals([teams.get(row.unit) ?? "0", ...row.children.filter(({ level }) => level !== "person").map((child) => lastOf(child) ?? "0")]);
  };
  walk(goalRows(after), (row, parent) => {
    const amount = row.amounts.get(year) ?? "0";
    const old = was.get(row.key) ?? null;
    const lastYear = lastOf(row);
    moves.push({
      key: row.key,
      unit: row.unit,
      name: rowName(row),
      level: row.level,
      parent: parent ? rowName(parent) : "",
      before: old,
      after: amount,
      difference: sumDecimals([amount, negated(old ?? "0")]),
      lastYear,
      growth: growthOf(amount, lastYear),
    });
  });
  return moves;
}

function walk(rows: readonly GoalRow[], see: (row: GoalRow, parent: GoalRow | null) => void, parent: GoalRow | null = null): void {
  for (const row of rows) {
    see(row, parent);
    walk(row.children, see, row);
  }
}

function tableOf(table: Results | undefined): Map<string, string> {
  return new Map(table?.rows.map(({ key, value }) => [key, value]));
}

export function negated(amount: string): string {
  if (/^-?0+(\.0+)?$/.test(amount)) return amount.replace("-", "");
  return amount.startsWith("-") ? amount.slice(1) : `-${amount}`;
}

function growthOf(amount: string, lastYear: string | null): string | null {
  const [now, then] = [parseExact(amount), parseExact(lastYear ?? "")];
  if (!now || !then || then.n <= 0n) return null;
  return `${now.n * then.d - then.n * now.d}/${now.d * then.n}`;
}

/** Largest difference first, whichever way; ties stay in the order of the organisation. */
export function bySize(a: Move, b: Move): number {
  return compareExact(size(b.difference), size(a.difference));
}

function size(amount: string): string {
  return amount.replace("-", "");
}
