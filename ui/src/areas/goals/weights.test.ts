import { expect, test } from "vitest";
import type { PersonRow } from "../../backend/generated";
import { parseWeight, weightsOf } from "./weights";

const person = (id: string, carries_goal = true): PersonRow => ({ id, name: id, staff_number: null, team: null, carries_goal });

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

test("everyone who carries a goal gets a weight, untouched ones 1", () => {
  const people = [person("a"), person("b"), person("boss", false)];
  expect(weightsOf(people, { b: "2" })).toEqual({ a: "1", b: "2" });
  expect(weightsOf(people, { b: "-2" })).toBeNull();
  expect(weightsOf(people, { a: "0", b: "0.0" })).toBeNull();
});
