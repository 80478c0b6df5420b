/** Where the columns of the tree-table stand: four that stay in sight, then the periods under their headers. */
import type { GridColumn } from "../../../backend/generated";

export type Fixed = "name" | "year" | "growth" | "history";

export interface Col {
  key: string;
  /** Stays when the table scrolls sideways. */
  fixed: Fixed | null;
  /** The period whose amounts stand here; null for name, growth and history. */
  period: GridColumn | null;
  /** Place of its amounts in a row. */
  amount: number | null;
  left: number;
  width: number;
  /** A whole whose parts stand behind it. */
  whole: boolean;
}

/** A header over a period and its parts. */
export interface Group {
  period: string;
  left: number;
  width: number;
  /** First column and number of columns. */
  start: number;
  span: number;
}

export interface Layout {
  cols: readonly Col[];
  /** Header rows above the lowest, the topmost first. */
  groups: readonly (readonly Group[])[];
  /** Width of the columns that stay. */
  fixedWidth: number;
  width: number;
}

export const ROW_PX = 32;
export const HEADER_PX = 30;
export const PERIOD_PX = 112;
/** Columns that stay: name, year, growth, history. */
export const FIXED_COUNT = 4;

/** Narrow windows keep room for periods. */
export function fixedWidths(narrow: boolean): Readonly<Record<Fixed, number>> {
  return narrow ? { name: 184, year: 124, growth: 84, history: 76 } : { name: 248, year: 136, growth: 92, history: 96 };
}

export function layoutOf(columns: readonly GridColumn[], narrow: boolean): Layout {
  const widths = fixedWidths(narrow);
  const cols: Col[] = [];
  let left = 0;
  const put = (col: Omit<Col, "left">) => {
    cols.push({ ...col, left });
    left += col.width;
  };
  const none = { period: null, amount: null, whole: false };
  put({ key: "name", fixed: "name", width: widths.name, ...none });
  put({ key: "year", fixed: "year", width: widths.year, period: columns[0] ?? null, amount: columns.length > 0 ? 0 : null, whole: false });
  put({ key: "growth", fixed: "growth", width: widths.growth, ...none });
  put({ key: "history", fixed: "history", width: widths.history, ...none });
  const fixedWidth = left;
  const wholes = new Set(columns.flatMap(({ parent }) => parent ?? []));
  for (const [amount, period] of columns.entries()) {
    if (amount === 0) continue;
    put({ key: period.period, fixed: null, width: PERIOD_PX, period, amount, whole: wholes.has(period.period) });
  }
  return { cols, groups: groupsOf(columns, cols), fixedWidth, width: left };
}

/** One header row a level of wholes below the year; each spans its own column and those of its parts. */
function groupsOf(columns: readonly GridColumn[], cols: readonly Col[]): Group[][] {
  const parents = new Map(columns.map(({ period, parent }) => [period, parent]));
  const above = (period: string): string[] => {
    const parent = parents.get(period);
    // The year is no header: it has its own column.
    return parent && parents.get(parent) ? [...above(parent), parent] : parent ? [] : [];
  };
  const rows: Group[][] = [];
  const open = new Map<string, Group>();
  for (const [start, col] of cols.entries()) {
    if (col.fixed !== null || !col.period) continue;
    const chain = above(col.period.period);
    for (const period of chain) {
      const group = open.get(period);
      if (group) {
        group.width += col.width;
        group.span += 1;
      }
    }
    if (col.whole) {
      const group = { period: col.period.period, left: col.left, width: col.width, start, span: 1 };
      open.set(group.period, group);
      (rows[chain.length] ??= []).push(group);
    }
  }
  return rows;
}
