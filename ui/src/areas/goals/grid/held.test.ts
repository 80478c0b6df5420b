import { expect, test } from "vitest";

import type { GoalAbove } from "../../../backend/generated";
import { heldEdits, type PastedCell } from "./held";

const MONTH = { kind: "month", parent: "2026-Q1" } as const;
const QUARTER = { kind: "quarter", parent: "2026" } as const;

function cell(unit: string, period: string, above: GoalAbove, place: Partial<Pick<PastedCell, "row" | "period" | "own">> = {}): PastedCell {
  return { set: { kind: "set", unit, period, amount: "1", above }, row: { depth: 3, parent: "team" }, period: MONTH, own: false, ...place };
}

const said = (cells: readonly PastedCell[], above: GoalAbove) => heldEdits(cells, above).map((edit) => ("unit" in edit && "period" in edit ? `${edit.kind} ${edit.unit} ${edit.period}` : edit.kind));

test("where the sums grow nothing takes from a neighbour, and nothing is held", () => {
  expect(said([cell("a", "2026-01", "grow"), cell("b", "2026-01", "grow")], "grow")).toEqual(["set a 2026-01", "set b 2026-01"]);
});

test("people absorb: who is set is held until the last one is, a person's months at a time", () => {
  const cells = ["a", "b", "c"].flatMap((unit) => ["2026-01", "2026-02"].map((period) => cell(unit, period, "units")));
  expect(said(cells, "units")).toEqual([
    "set a 2026-01", "set a 2026-02", "lock a 2026-01", "lock a 2026-02",
    "set b 2026-01", "set b 2026-02", "lock b 2026-01", "lock b 2026-02",
    "set c 2026-01", "set c 2026-02",
    "unlock a 2026-01", "unlock a 2026-02", "unlock b 2026-01", "unlock b 2026-02",
  ]);
});

test("periods absorb: a month is held while the next one is set, for everybody at a time", () => {
  const cells = ["a", "b"].flatMap((unit) => ["2026-01", "2026-02"].map((period) => cell(unit, period, "periods")));
  expect(said(cells, "periods")).toEqual([
    "set a 2026-01", "set b 2026-01", "lock a 2026-01", "lock b 2026-01",
    "set a 2026-02", "set b 2026-02",
    "unlock a 2026-01", "unlock b 2026-01",
  ]);
});

test("a cell's own lock is neither set again nor released", () => {
  expect(said([cell("a", "2026-01", "units", { own: true }), cell("b", "2026-01", "units")], "units")).toEqual(["set a 2026-01", "set b 2026-01"]);
});

test("a team comes before its people and is let go for them; a month comes before its quarter", () => {
  const team = { row: { depth: 2, parent: "company" } };
  const cells = [
    cell("team", "2026-01", "units", team),
    cell("a", "2026-Q1", "units", { period: QUARTER }),
    cell("a", "2026-01", "units"),
    cell("other", "2026-01", "units", team),
  ];
  expect(said(cells, "units")).toEqual([
    "set team 2026-01", "lock team 2026-01", "set other 2026-01", "unlock team 2026-01",
    "set a 2026-01", "lock a 2026-01", "set a 2026-Q1", "unlock a 2026-01",
  ]);
});
