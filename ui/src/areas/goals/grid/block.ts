/** Blocks of cells on their way from and to a spreadsheet. */
import { parseTyped } from "../../../components/format";
import { defuse } from "../../../components/spreadsheet";
import type { GoalAbove, GridRow } from "../../../backend/generated";
import type { PastedCell } from "./held";
import type { Col } from "./layout";

/** Names a cell across refetches. */
export function cellKey(unit: string, period: string): string {
  return `${unit} ${period}`;
}

/** Lines of tab-separated cells as Excel copies them: quoted cells may hold tabs, ends of lines and doubled quotes. */
export function parseTsv(text: string): string[][] {
  const lines: string[][] = [];
  let [line, cell, quoted] = [[] as string[], "", false];
  const closeLine = () => {
    lines.push([...line, cell]);
    [line, cell] = [[], ""];
  };
  const source = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? "";
    if (quoted) {
      if (char !== '"') cell += char;
      else if (source[at + 1] === '"') {
        cell += char;
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "\t") {
      line.push(cell);
      cell = "";
    } else if (char === "\n") closeLine();
    else cell += char;
  }
  if (cell !== "" || line.length > 0) closeLine();
  return lines;
}

export interface Pasted {
  cells: PastedCell[];
  /** What was pasted, by cell. */
  texts: Map<string, string>;
  /** Cells whose text is no amount. */
  wrong: Set<string>;
  /** More lines or columns than the table has from there. */
  outside: boolean;
}

/** A block laid over rows and columns from the first of each. Empty cells change nothing. */
export function pasteEdits(block: readonly (readonly string[])[], rows: readonly (GridRow | undefined)[], cols: readonly Col[], above: GoalAbove): Pasted {
  const pasted: Pasted = { cells: [], texts: new Map(), wrong: new Set(), outside: false };
  for (const [down, line] of block.entries()) {
    for (const [across, text] of line.entries()) {
      if (text.trim() === "") continue;
      const [row, col] = [rows[down], cols[across]];
      if (!row || !col?.period) {
        pasted.outside = true;
        continue;
      }
      const { unit } = row;
      const { period } = col.period;
      const key = cellKey(unit, period);
      const amount = parseTyped(text);
      pasted.texts.set(key, text.trim());
      if (amount === null) pasted.wrong.add(key);
      else pasted.cells.push({ set: { kind: "set", unit, period, amount, above }, row, period: col.period, own: row.locks[col.amount ?? -1] === "own" });
    }
  }
  return pasted;
}

/** Rows and columns as tab-separated lines: amounts as plain numbers, names safe from being run as formulas. */
export function copyTsv(rows: readonly GridRow[], cols: readonly Col[]): string {
  const cell = (row: GridRow, col: Col) => {
    if (col.fixed === "name") return defuse(row.name.replaceAll(/[\t\r\n]+/g, " "));
    if (col.amount !== null) return row.amounts[col.amount] ?? "";
    return col.fixed === "growth" ? (row.last_year ?? "") : (row.history ?? []).join(" ");
  };
  return rows.map((row) => cols.map((col) => cell(row, col)).join("\t")).join("\n");
}
