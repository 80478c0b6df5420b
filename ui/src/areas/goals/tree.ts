/** The decomposition as rows of a tree-table, with its closure: do the parts sum to the whole, exactly. */
import type { GoalActual, GoalNode, GoalTree } from "../../backend/generated";
import { compareExact, sumDecimals } from "../../components/format";
import { sharedNames } from "../../components/sharedNames";

export interface GoalRow {
  /** Unique: a person who moved stands under two teams. */
  key: string;
  /** Stable id of the unit or person. */
  unit: string;
  /** Unit above; the same person may stand under another one too. */
  parent: string | null;
  name: string;
  /** Of a person, where another one of the company has the name: what tells the two apart. */
  number: string | null;
  level: string;
  depth: number;
  /** Goal by period key, plain decimals. */
  amounts: ReadonlyMap<string, string>;
  currency: string;
  actual: GoalActual | undefined;
  children: GoalRow[];
}

/** A whole whose parts do not sum to it. */
export interface Gap {
  /** Row of the whole. */
  key: string;
  name: string;
  period: string;
  whole: string;
  parts: string;
}

/** Rows, parents first; several roots only if the data has them. */
export function goalRows(tree: GoalTree): GoalRow[] {
  const actuals = new Map(tree.actuals.map((actual) => [actual.unit, actual]));
  const shared = sharedNames([...new Map(tree.nodes.filter(({ level }) => level === "person").map((node) => [node.unit, node])).values()]);
  const rows = new Map<string, GoalRow & { amounts: Map<string, string> }>();
  const roots: GoalRow[] = [];
  for (const node of tree.nodes) {
    const key = rowKey(node);
    let row = rows.get(key);
    if (!row) {
      const parent = node.parent_unit === null ? undefined : rows.get(node.parent_unit);
      row = {
        key,
        unit: node.unit,
        parent: node.parent_unit,
        name: node.name,
        number: node.level === "person" && shared.has(node.name) ? (node.staff_number ?? null) : null,
        level: node.level,
        depth: parent ? parent.depth + 1 : 0,
        amounts: new Map(),
        currency: node.currency,
        actual: actuals.get(node.unit),
        children: [],
      };
      rows.set(key, row);
      (parent?.children ?? roots).push(row);
    }
    row.amounts.set(node.period, node.amount);
  }
  return roots;
}

/** The name of a row where nothing else says whose it is. */
export function rowName({ name, number }: Pick<GoalRow, "name" | "number">): string {
  return number === null ? name : `${name} ${number}`;
}

/** Units have one parent, so their id alone names them; only people may stand in several teams. */
function rowKey(node: GoalNode): string {
  return node.level === "person" ? `${node.parent_unit ?? ""}/${node.unit}` : node.unit;
}

/** The rows that are seen when only `open` ones show their children. */
export function visibleRows(rows: readonly GoalRow[], open: ReadonlySet<string>): GoalRow[] {
  return rows.flatMap((row) => [row, ...(open.has(row.key) ? visibleRows(row.children, open) : [])]);
}

/** The row of a unit, wherever it stands. */
export function findRow(rows: readonly GoalRow[], unit: string): GoalRow | null {
  for (const row of rows) {
    const found = row.unit === unit ? row : findRow(row.children, unit);
    if (found) return found;
  }
  return null;
}

/** Every row down to a depth, for "open all teams". */
export function keysToDepth(rows: readonly GoalRow[], depth: number): string[] {
  return rows.flatMap((row) => (row.depth < depth ? [row.key, ...keysToDepth(row.children, depth)] : []));
}

/** How many wholes were checked, and those that do not close. */
export function closure(tree: GoalTree): { checked: number; gaps: Gap[] } {
  const rows = flatten(goalRows(tree));
  const gaps: Gap[] = [];
  let checked = 0;
  const check = (row: GoalRow, period: string, whole: string, parts: string[]) => {
    if (parts.length === 0) return;
    checked += 1;
    const total = sumDecimals(parts);
    if (compareExact(total, whole) !== 0) gaps.push({ key: row.key, name: rowName(row), period, whole, parts: total });
  };
  const within = periodsByParent(tree.nodes);
  for (const row of rows) {
    for (const [period, whole] of row.amounts) {
      check(row, period, whole, row.children.map((child) => child.amounts.get(period) ?? "0"));
      const parts = (within.get(period) ?? []).flatMap((part) => row.amounts.get(part) ?? []);
      check(row, period, whole, parts);
    }
  }
  return { checked, gaps };
}

function flatten(rows: readonly GoalRow[]): GoalRow[] {
  return rows.flatMap((row) => [row, ...flatten(row.children)]);
}

function periodsByParent(nodes: readonly GoalNode[]): Map<string, string[]> {
  const parts = new Map<string, Set<string>>();
  for (const { period, parent_period } of nodes) {
    if (parent_period === null) continue;
    const known = parts.get(parent_period);
    if (known) known.add(period);
    else parts.set(parent_period, new Set([period]));
  }
  return new Map([...parts].map(([parent, periods]) => [parent, [...periods].toSorted()]));
}

/** The quarters among a row's periods, each before its months where it is open; the year and its halves are no columns. */
export function columnsOf(periods: Iterable<string>, openQuarters: ReadonlySet<string>): string[] {
  let quarter = "";
  return [...periods].filter((key) => {
    if (isQuarter(key)) quarter = key;
    return isQuarter(key) || (isMonth(key) && openQuarters.has(quarter));
  });
}

export function isQuarter(key: string): boolean {
  return /-Q[1-4]/.test(key);
}

function isMonth(key: string): boolean {
  return /^(?:\d{4}-\d{2}|FY\d{4}-P\d{2}@[-0-9a-z]+)$/.test(key);
}
