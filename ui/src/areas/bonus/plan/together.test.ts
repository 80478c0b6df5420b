import { describe, expect, test } from "vitest";

import { SENTENCES } from "../../../i18n/say";
import type { PlanProblem } from "../../../backend/generated";
import type { Component } from "./document";
import { ofPart, ofTier, partOf, worst } from "./places";
import { paysOnTarget, whyNotBy, whyNotDealRate, whyNotPay, whyNotPool, whyNotProration } from "./together";

const PLAIN: Component = { code: "c", name: { zh: "一", en: "One" }, rate: { tiers: [{ from: "0%", pay: { kind: "nothing" } }] } };
const each: Component = { ...PLAIN, measure: { kind: "facts", over: "transaction" } };
const scored: Component = { ...PLAIN, measure: { kind: "objectives" } };
const counted: Component = { ...PLAIN, measure: { kind: "facts", value: "count" } };
const pooled: Component = { ...PLAIN, pool: { by: "equal" } };

describe("settings that do not go together", () => {
  test.each([
    ["transactions by attainment", whyNotBy(each, "attainment"), "transaction_by_attainment"],
    ["transactions by amount", whyNotBy(each, "amount"), undefined],
    ["objectives by amount", whyNotBy(scored, "amount"), "attainment_by_amount"],
    ["a share of a count", whyNotPay(counted, "percent_of_measure", "whole"), "pay_needs_money"],
    ["an amount per yuan", whyNotPay(PLAIN, "per_unit", "whole"), "pay_needs_units"],
    ["an amount per piece", whyNotPay(counted, "per_unit", "whole"), undefined],
    ["a share of objectives", whyNotPay(scored, "individual_rate", "whole"), "pay_without_measure"],
    ["a fixed amount over a baseline", whyNotPay(PLAIN, "fixed", "over_baseline"), "pay_over_baseline"],
    ["slices by amount of the target bonus", whyNotPay({ ...PLAIN, rate: { ...PLAIN.rate, by: "amount" } }, "percent_of_target_bonus", "marginal"), "marginal_target_bonus_by_amount"],
    ["slices by attainment of the target bonus", whyNotPay(PLAIN, "percent_of_target_bonus", "marginal"), undefined],
    ["prorated transactions", whyNotProration(each), "transaction_proration"],
    ["a prorated pool", whyNotProration(pooled), "pool_without"],
    ["proration of anything else", whyNotProration(PLAIN), undefined],
    ["the deal's rate to date", whyNotDealRate({ ...PLAIN, measure: { kind: "facts", over: "year_to_date" } }), "deal_rate_to_date"],
  ])("%s", (_, reason, code) => {
    expect(reason?.code).toBe(code);
    // The reason is one of the program's own sentences, in both languages.
    if (reason) for (const words of Object.values(SENTENCES)) expect(words[reason.code]).toBeTruthy();
  });

  test("a pool says everything that stands against it", () => {
    expect(whyNotPool(PLAIN)).toEqual([]);
    const wrong: Component = { ...each, proration: "calendar_days", credit: { who: "reports", event: "receipt", rate_date: "deal" } };
    expect(whyNotPool(wrong).map(({ params }) => params["setting"])).toEqual(["proration", "over", "who", "rate_date"]);
    expect(whyNotPool(scored).map(({ params }) => params["setting"]), "only facts of the period are shared").toEqual(["over"]);
  });

  test("a share of the target bonus says something only where it is paid on", () => {
    expect(paysOnTarget(PLAIN)).toBe(false);
    expect(paysOnTarget({ ...PLAIN, rate: { tiers: [{ from: "0%", pay: { kind: "individual_rate", percent: "100%" } }] } })).toBe(true);
  });
});

describe("problems", () => {
  const problem = (severity: string, code: string, tier: number | null = null, params: Record<string, string> = {}): PlanProblem => ({ severity, component: "c", tier, message: { code, params } });

  test("are shown at their part; expressions name theirs, and what is new stands at the head", () => {
    const parts = [problem("error", "weights_total"), problem("error", "condition_ends", null, { setting: "gates" }), problem("error", "unknown_name", null, { setting: "filter" }), problem("error", "something_new")];
    expect(parts.map(partOf)).toEqual(["measure", "gates", "credit", "head"]);
    expect(ofPart(parts, "gates")).toEqual([parts[1]]);
  });

  test("of a tier are shown there only", () => {
    const gap = problem("error", "gap", 1);
    expect(ofTier([gap], 1)).toEqual([gap]);
    expect((["head", "rate"] as const).flatMap((part) => ofPart([gap], part))).toEqual([]);
  });

  test("are as grave as the worst of them", () => {
    expect(worst([problem("hint", "cliff"), problem("warning", "falling_payout")])).toBe("warning");
    expect(worst([])).toBeNull();
  });
});
