import { expect, test } from "vitest";
import type { GoalNode, PersonRow } from "../../backend/generated";
import { parseWeight, peopleOfSplit, weightsOf, type Weighed } from "./weights";

const person = (id: string): Weighed => ({ id, name: id, staffNumber: null, team: null });

test.each([
  ["1.5", "1.5"],
  ["1,200", "1200"],
  ["0", "0"],
  ["-1", null],
  ["", null],
  ["x", null],
])("weight %j is %j: negative weights and words are refused before the program sees them", (text, expected) => {
  expect(parseWeight(text)).toBe(expected);
});

test("the people are those of the split, each once, whether or not they carry a goal today", () => {
  const node = (unit: string, level: string, period: string, parent_unit: string | null): GoalNode => ({
    unit, level, period, parent_unit, name: `name of ${unit}`, parent_period: null, amount: "1.00", currency: "CNY",
  });
  const nodes = ["2018", "2018-Q1"].flatMap((period) => [
    node("team", "team", period, null),
    node("left", "person", period, "team"),
    node("here", "person", period, "team"),
  ]);
  const row = (id: string, carries_goal: boolean): PersonRow => ({ id, name: id, staff_number: `n-${id}`, team: null, carries_goal });
  const organisation = {
    units: [{ id: "team", parent: null, kind: "team" as const, name: "North", manager: null }],
    people: [row("here", true), row("left", false), row("joined since", true)],
  };
  expect(peopleOfSplit({ plan: null, draft: null, nodes, notes: [], actuals: [] }, organisation)).toEqual([
    { id: "left", name: "name of left", staffNumber: "n-left", team: "North" },
    { id: "here", name: "name of here", staffNumber: "n-here", team: "North" },
  ]);
});

test("everyone in the split gets a weight, untouched ones 1", () => {
  const people = [person("a"), person("b")];
  expect(weightsOf(people, { b: "2" })).toEqual({ a: "1", b: "2" });
  expect(weightsOf(people, { b: "-2" })).toBeNull();
  expect(weightsOf(people, { a: "0", b: "0.0" })).toBeNull();
});
