import { expect, test } from "vitest";

import type { GridColumn, PeriodKind } from "../../../backend/generated";
import { FIXED_COUNT, layoutOf } from "./layout";

const column = (period: string, kind: PeriodKind, parent: string | null): GridColumn => ({ period, kind, parent, start: "", end: "" });
const YEAR = column("2026", "year", null);

test("quarters have one header row and the year stands among the columns that stay", () => {
  const { cols, groups } = layoutOf([YEAR, column("2026-Q1", "quarter", "2026"), column("2026-Q2", "quarter", "2026")], false);
  expect(groups).toEqual([]);
  expect(cols.map(({ key }) => key)).toEqual(["name", "year", "growth", "history", "2026-Q1", "2026-Q2"]);
  expect(cols[1]?.amount).toBe(0);
});

test("a header spans its whole and all parts below it, months over weeks inside quarters over months", () => {
  const columns = [
    YEAR,
    column("2026-Q1", "quarter", "2026"),
    column("2026-01", "month", "2026-Q1"),
    column("2026-01/W01", "cut_week", "2026-01"),
    column("2026-01/W02", "cut_week", "2026-01"),
    column("2026-02", "month", "2026-Q1"),
    column("2026-02/W05", "cut_week", "2026-02"),
  ];
  const { cols, groups, width } = layoutOf(columns, true);
  const spans = groups.map((row) => row.map(({ period, start, span }) => [period, start - FIXED_COUNT, span]));
  expect(spans).toEqual([[["2026-Q1", 0, 6]], [["2026-01", 1, 3], ["2026-02", 4, 2]]]);
  for (const row of groups) {
    for (const group of row) {
      const own = cols.slice(group.start, group.start + group.span);
      expect(group.left).toBe(own[0]?.left);
      expect(group.width).toBe(own.reduce((sum, col) => sum + col.width, 0));
    }
  }
  expect(width).toBe((cols.at(-1)?.left ?? 0) + (cols.at(-1)?.width ?? 0));
});
