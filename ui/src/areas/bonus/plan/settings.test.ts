import { expect, test } from "vitest";
import type { BonusPlanSettings } from "../../../backend/generated";
import { changesPay, cleaned, differs, fieldErrors, nextTier } from "./settings";

const PLAN: BonusPlanSettings = {
  name_zh: "季度奖金",
  name_en: "Quarterly bonus",
  edge: "lower",
  default_target_bonus: null,
  tiers: [
    { from_percent: "80", to_percent: "100", pays_percent: "50", applies_to: "all" },
    { from_percent: "100", to_percent: null, pays_percent: "200", applies_to: "all" },
  ],
};

const withTier = (change: Partial<BonusPlanSettings["tiers"][number]>): BonusPlanSettings => ({
  ...PLAN,
  tiers: [{ ...PLAN.tiers[0]!, ...change }, PLAN.tiers[1]!],
});

test.each([
  ["a sound plan", PLAN, []],
  ["a word", withTier({ from_percent: "high" }), [["tiers.0.from_percent", "number"]]],
  ["nothing", withTier({ pays_percent: " " }), [["tiers.0.pays_percent", "missing"]]],
  ["a negative payout", withTier({ pays_percent: "-5" }), [["tiers.0.pays_percent", "negative"]]],
  ["an end below the start", withTier({ to_percent: "79.5" }), [["tiers.0.to_percent", "empty_tier"]]],
  ["no name", { ...PLAN, name_en: "  " }, [["name_en", "missing"]]],
  ["a negative target bonus", { ...PLAN, default_target_bonus: "-1" }, [["default_target_bonus", "negative"]]],
  ["a target bonus in words", { ...PLAN, default_target_bonus: "much" }, [["default_target_bonus", "number"]]],
] as const)("%s is found before the program is asked", (_, settings, expected) => {
  expect([...fieldErrors(settings as BonusPlanSettings)]).toEqual(expected);
});

test("what people type becomes plain decimals; a blank end is no end", () => {
  const clean = cleaned({ ...withTier({ from_percent: "80%", to_percent: " " }), default_target_bonus: "5,000.50" });
  expect(clean.tiers[0]).toEqual({ from_percent: "80", to_percent: null, pays_percent: "50", applies_to: "all" });
  expect(clean.default_target_bonus).toBe("5000.50");
});

test("only what pays differently asks before it is saved", () => {
  expect(changesPay(PLAN, { ...PLAN, name_zh: "新名" })).toBe(false);
  expect(differs(PLAN, { ...PLAN, name_zh: "新名" })).toBe(true);
  expect(changesPay(PLAN, { ...PLAN, edge: "upper" })).toBe(true);
  expect(changesPay(PLAN, withTier({ from_percent: "80%" }))).toBe(false);
});

test("a new tier leaves neither gap nor overlap", () => {
  const tiers = nextTier(PLAN.tiers);
  expect(tiers).toHaveLength(3);
  expect(tiers[1]?.to_percent).toBe(tiers[2]?.from_percent);
});
