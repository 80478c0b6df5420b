import { expect, test } from "vitest";

import type { GridRow } from "../../../backend/generated";
import { copyTsv, parseTsv, pasteEdits } from "./block";
import type { Col } from "./layout";

const row = (unit: string, ...amounts: string[]): GridRow => ({
  unit, name: unit, level: "person", depth: 3, parent: "t", children: 0, expanded: false, amounts, locks: amounts.map(() => "none"), history: null, last_year: null, growth: null,
});
const col = (period: string, amount: number): Col => ({
  key: period, fixed: null, amount, left: 0, width: 100, whole: false,
  period: { period, kind: "month", start: "", end: "", parent: null },
});
const NAME: Col = { key: "name", fixed: "name", period: null, amount: null, left: 0, width: 100, whole: false };

test.each([
  ["1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]],
  ["1", [["1"]]],
  ["1\t\t3", [["1", "", "3"]]],
  ['"a\tb"\t"say ""no"""\n"two\nlines"', [["a\tb", 'say "no"'], ["two\nlines"]]],
  ["", []],
])("a clipboard %j is cells %j", (text, cells) => {
  expect(parseTsv(text)).toEqual(cells);
});

test("a block becomes one set a cell, in the order of reading; empty cells change nothing", () => {
  const pasted = pasteEdits([["1,200", ""], ["¥3.50", "4"]], [row("a"), row("b")], [col("2026-01", 0), col("2026-02", 1)], "units");
  expect(pasted.cells.map(({ set: { unit, period, amount, above } }) => [unit, period, amount, above])).toEqual([
    ["a", "2026-01", "1200", "units"],
    ["b", "2026-01", "3.50", "units"],
    ["b", "2026-02", "4", "units"],
  ]);
  expect([pasted.wrong.size, pasted.outside]).toEqual([0, false]);
});

test("what is no amount is named by its cell, and what does not fit is said", () => {
  const pasted = pasteEdits([["ten", "2"], ["3", "4"]], [row("a")], [col("2026-01", 0)], "grow");
  expect([...pasted.wrong]).toEqual(["a 2026-01"]);
  expect(pasted.outside).toBe(true);
});

test("what is copied can be pasted back, and a name is no formula", () => {
  const rows = [{ ...row("=cmd()", "1.00", "-2.50"), name: "=cmd()" }];
  const text = copyTsv(rows, [NAME, col("2026-01", 0), col("2026-02", 1)]);
  expect(text).toBe("'=cmd()\t1.00\t-2.50");
  expect(parseTsv(text)[0]?.slice(1)).toEqual(rows[0]?.amounts);
});
