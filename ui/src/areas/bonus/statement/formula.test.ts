import { expect, test } from "vitest";
import type { TraceStep } from "../../../backend/generated";
import { readFormula, readValue, type FormulaWords } from "./formula";

const words: FormulaWords = {
  day: "day",
  noFigure: "none",
  belowTiers: "below",
  aboveTiers: "above",
  sumOf: (terms) => `sum of ${terms}`,
  facts: (facts) => `${facts} records`,
  tier: (number) => `tier ${number}`,
};

const step = (kind: string, formula: string, value = "", code = "", params: Record<string, string> = {}): TraceStep => ({ step: kind, fact: null, formula, value, explain: { code, params } });

test.each([
  ["credit", "2017-10-01 <= closed_on < 2018-01-01", "3", "2017-10-01 ≤ day < 2018-01-01"],
  ["credit", "2017-10-01 <= day < 2018-01-01", "3", "2017-10-01 ≤ day < 2018-01-01"],
  ["measure", "sum of 27 deals", "1.00", "sum of 27"],
  ["measure", "sum of 27 facts", "1.00", "sum of 27"],
  ["limit", "20000 > 15000.00", "15000", "20,000 > 15,000.00"],
  ["pool", "30000.00 x 1/3", "10000.00", "30,000.00 × 1/3"],
  ["measure", "123450.00 + 0.50", "123450.50", "123,450.00 + 0.50"],
  ["attainment", "123450.00 / 100000.00", "2469/2000", "123,450.00 ÷ 100,000.00"],
  ["payout", "44000.00", "44000.00", "44,000.00"],
])("%s: %s needs only signs and grouping, and no day is taken for an amount", (kind, formula, value, shown) => {
  expect(readFormula(step(kind, formula, value), words)).toEqual({ shown, exact: null });
});

test.each([
  ["tier", "1 < 10960000/6066761", "2", "100% < 180.66%", "1 < 10,960,000/6,066,761"],
  ["tier", "0.8 <= 0.95 <= 1", "1", "80% ≤ 95% ≤ 100%", "0.8 ≤ 0.95 ≤ 1"],
  ["tier", "0.5 > 1/3", "0", "50% > 33.33%", "0.5 > 1/3"],
  ["rate", "22000.00 x 2", "44000", "22,000.00 × 200%", "22,000.00 × 2"],
  ["rate", "22000.00 x 1.005 x (4/3 - 1)", "7370", "22,000.00 × 100.5% × (4/3 (≈ 133.33%) − 100%)", "22,000.00 × 1.005 × (4/3 − 1)"],
  ["rounding", "half_up(30865/7)", "4409.29", "≈ 4,409.2857 → 4,409.29", "half_up(30865/7)"],
  ["rounding", "half_up(44000)", "44000.00", "44,000 → 44,000.00", "half_up(44,000)"],
  ["attainment", "500.00 / ?", "", "500.00 ÷ none", "500.00 ÷ ?"],
  ["tier", "80% < 9/10 <= 100%", "1", "80% < 90% ≤ 100%", "80% < 9/10 ≤ 100%"],
  ["rounding", "30865/7", "4409.29", "≈ 4,409.2857 → 4,409.29", "30,865/7"],
  ["proration", "x 29/30", "29/30", "× 29/30 (≈ 96.67%)", "× 29/30"],
  ["rate", "36000.00 x 0.00333", "119.88", "36,000.00 × 0.333%", "36,000.00 × 0.00333"],
])("%s: %s is said in percent and words, and the exact text is kept", (kind, formula, value, shown, exact) => {
  const read = readFormula(step(kind, formula, value), words);
  expect(read?.shown).toBe(shown);
  expect(read?.exact?.replaceAll(",", "")).toBe(exact.replaceAll(",", ""));
});

test("tiers by amount are amounts, whatever looks like a ratio", () => {
  const read = readFormula(step("tier", "100000 < 150000.50 <= 300000", "2", "tier_found", { from: "100000", to: "300000" }), words);
  expect(read).toEqual({ shown: "100,000 < 150,000.50 ≤ 300,000", exact: null });
});

test("what is paid for each piece is an amount; what a scorecard reached are percentages", () => {
  expect(readFormula(step("rate", "30 x 12", "360", "pay_whole", { of: "per_unit" }), words)?.shown).toBe("30 × 12");
  const scored = step("measure", "40% x 0.9 (win_rate) + 60% x 4/3 (margin)", "29/25", "scorecard_sum");
  expect(readFormula(scored, words)?.shown).toBe("40% × 90% (win_rate) + 60% × 4/3 (≈ 133.33%) (margin)");
  expect(readValue(scored, "CNY", words)).toEqual({ shown: "116%", exact: "29/25" });
});

test("a condition, an expression and a code stand in the sentence already", () => {
  for (const one of [step("gate", "customer = 'A12345'"), step("modifier", "satisfaction = 4.5"), step("measure", "win_rate", "0.4", "measure_kpi")]) {
    expect(readFormula(one, words)).toBeNull();
  }
  expect(readValue(step("gate", "", "50%", "gate_fails"), "CNY", words).shown).toBe("50%");
});

test("rounding never makes a comparison false: it takes the decimals that it needs", () => {
  expect(readFormula(step("tier", "1 < 10000001/10000000"), words)?.shown).toBe("100% < 100.00001%");
  expect(readFormula(step("tier", "79999/100000 < 0.8"), words)?.shown).toBe("79.999% < 80%");
  // No percentage of twelve decimals tells these apart: the exact text stands alone.
  const close = "1 < 10000000000000000001/10000000000000000000";
  expect(readFormula(step("tier", close), words)).toEqual({ shown: expect.stringContaining("/"), exact: null });
});

test("a formula that the program did not send is no formula; one of a new kind is shown as it is", () => {
  expect(readFormula(step("tier", ""), words)).toBeNull();
  expect(readFormula(step("tier", "something else"), words)).toEqual({ shown: "something else", exact: null });
  expect(readFormula(step("rounding", "new(thing)", "1"), words)?.shown).toBe("new(thing)");
});

test.each([
  ["credit", "8", "", "8 records", null],
  ["measure", "30", "measure_count", "30", null],
  ["measure", "30.50", "measure_margin", "¥30.50", null],
  ["proration", "29/30", "proration_days", "96.67%", "29/30"],
  ["tier", "0", "tier_none", "—", null],
  ["attainment", "10960000/6066761", "", "180.66%", "10,960,000/6,066,761"],
  ["attainment", "0.875", "", "87.5%", "0.875"],
  ["attainment", "", "", "—", null],
  ["tier", "2", "tier_found", "tier 2", null],
  ["tier", "0", "tier_below", "below", null],
  ["tier", "0", "tier_above", "above", null],
  ["rate", "44000", "", "¥44,000", null],
  ["rate", "30865/7", "", "≈ ¥4,409.2857", "30,865/7"],
  ["payout", "-12345.60", "", "−¥12,345.60", null],
])("the value of %s, %j %s, reads %s", (kind, value, code, shown, exact) => {
  expect(readValue(step(kind, "", value, code), "CNY", words)).toEqual({ shown, exact });
});
