import { expect, test } from "vitest";
import { readableFormula, stepValue } from "./formula";

test.each([
  ["123450.00 / 100000.00", "123,450.00 ÷ 100,000.00"],
  ["2017-10-01 <= closed_on < 2018-01-01", "2017-10-01 ≤ closed < 2018-01-01"],
  ["5000.00 x 2", "5,000.00 × 2"],
  ["0.8 <= 0.95 <= 1", "0.8 ≤ 0.95 ≤ 1"],
  ["sum of 27 deals", "Σ 27"],
])("%s reads %s: signs and grouping, and no day is taken for an amount", (formula, shown) => {
  expect(readableFormula(formula, { closedOn: "closed", sumOf: (deals) => `Σ ${deals}` })).toBe(shown);
});

test("a share is shown as percent and keeps its exact value; a missing one is a dash", () => {
  expect(stepValue({ step: "attainment", value: "7/8" })).toEqual({ shown: "87.5%", exact: "7/8" });
  expect(stepValue({ step: "payout", value: "12345.60" })).toEqual({ shown: "12,345.60", exact: "12,345.60" });
  expect(stepValue({ step: "attainment", value: "" }).shown).toBe("—");
});
