import { describe, expect, test } from "vitest";

import { asPercent, canonical, measuresMoney, ownGoal, readPlan, roundingOf } from "./document";
import type { Component, Plan } from "./document";
import { addComponent, movedBy, nextTier, renameComponent, totalPercent, withAppliesTo, withBy, withMeasure, withoutAt, withPayKind, withTierPay } from "./edit";
import { changesPay, cleaned, differs, fieldErrors, writePlan } from "./fields";

const PLAN: Plan = {
  schema: 2,
  code: "sales",
  name: { zh: "奖金", en: "Bonus" },
  period: "quarter",
  components: [
    {
      code: "own",
      name: { zh: "个人", en: "Own" },
      rate: {
        tiers: [
          { from: "80%", to: "100%", pay: { kind: "percent_of_target_bonus", percent: "50%" } },
          { from: "100%", pay: { kind: "percent_of_target_bonus", percent: "200%" } },
        ],
      },
    },
    { code: "lead", name: { zh: "管理", en: "Lead" }, measure: { kind: "earnings", of: "own" }, rate: { by: "amount", tiers: [{ from: "0", pay: { kind: "percent_of_measure", percent: "10%" } }] } },
  ],
};
const own = PLAN.components[0] as Component;

/** The plan with its first component changed. */
function with0(change: Partial<Component>): Plan {
  return { ...PLAN, components: [{ ...own, ...change }, ...PLAN.components.slice(1)] };
}

describe("a document", () => {
  test("leaves out what is its default, and nothing else", () => {
    const full = {
      ...PLAN,
      rounding: "half_up",
      components: [
        {
          ...own,
          credit: { event: "closing", who: "owners", overlays: "exclude", rate_date: "receipt" },
          measure: { kind: "facts", value: "amount", over: "period" },
          proration: "none",
          cap: {},
          gates: [],
          rate: { by: "attainment", edge: "lower", below_first_tier: { kind: "nothing" }, tiers: own.rate.tiers.map((tier) => ({ ...tier, applies_to: "whole" })) },
        },
        PLAN.components[1],
      ],
    };
    expect(readPlan(JSON.stringify(full))).toEqual(PLAN);
    const kept: Plan = with0({
      credit: { event: "receipt", rate_date: "deal", levels: 2 },
      measure: { kind: "facts", over: "year_to_date", goal: "won_amount" },
      gates: [{ when: "attainment >= 50%", otherwise: "20%" }],
      rate: { ...own.rate, edge: "upper", below_first_tier: { kind: "fixed", amount: { amount: "100.00", currency: "CNY" } } },
    });
    const rounded: Plan = { ...kept, rounding: { mode: "half_even", on: "sum" } };
    expect(readPlan(JSON.stringify(rounded))).toEqual(rounded);
  });

  test("is the same in whatever order its settings stand, and however its percentages are written", () => {
    const turned = Object.fromEntries(Object.entries(PLAN).toReversed()) as unknown as Plan;
    expect(canonical(turned)).toBe(canonical(PLAN));
    const typed = with0({ rate: { tiers: [{ from: "0.8", to: "1", pay: { kind: "percent_of_target_bonus", percent: "50%" } }, { ...own.rate.tiers[1]!, from: " 100 %" }] } });
    expect(differs(PLAN, typed)).toBe(false);
    expect(["80%", "0.8", "4/5", "1", "1/3", "0.12345", "-0.05"].map(asPercent)).toEqual(["80%", "80%", "80%", "100%", "1/3", "12.345%", "-5%"]);
  });

  test("is sent with plain numbers, and read back to the same plan", () => {
    const typed: Plan = { ...with0({ cap: { per_period: { kind: "amount", amount: { amount: " 12,000.5", currency: "CNY" } } } }), name: { zh: " 奖金 ", en: "Bonus" } };
    const sent = readPlan(writePlan(typed));
    expect(sent.components[0]?.cap?.per_period).toEqual({ kind: "amount", amount: { amount: "12000.5", currency: "CNY" } });
    expect(sent.name.zh).toBe("奖金");
    expect(cleaned(sent)).toEqual(sent);
  });

  test("says by itself which goal it means and whether it measures money", () => {
    expect(ownGoal(own)).toBe("won_amount");
    expect(ownGoal({ ...own, credit: { event: "invoice" } })).toBe("own");
    expect(ownGoal({ ...own, measure: { kind: "facts", value: "count" } })).toBe("own");
    const money = ([["facts", "margin"], ["facts", "count"]] as const).map(([kind, value]) => measuresMoney({ ...own, measure: { kind, value } }));
    expect(money).toEqual([true, false]);
    expect(measuresMoney(PLAN.components[1] as Component)).toBe(true);
    expect(roundingOf({ ...PLAN, rounding: { decimals: 0 } })).toEqual({ mode: "half_up", decimals: 0, on: "line" });
  });
});

describe("what cannot be read is found before the program is asked", () => {
  const tier = (change: object): Plan => with0({ rate: { tiers: [{ ...own.rate.tiers[0]!, ...change }, own.rate.tiers[1]!] } });
  const pay = (percent: string) => tier({ pay: { kind: "percent_of_target_bonus", percent } });
  test.each<[string, Plan, [string, string][]]>([
    ["a sound plan", PLAN, []],
    ["a fraction", pay("1/3"), []],
    ["a word", tier({ from: "high%" }), [["components.0.rate.tiers.0.from", "number"]]],
    ["nothing", pay(""), [["components.0.rate.tiers.0.pay", "missing"]]],
    ["a lone sign", pay("%"), [["components.0.rate.tiers.0.pay", "missing"]]],
    ["a negative payout", pay("-5%"), [["components.0.rate.tiers.0.pay", "negative"]]],
    ["an end below the start", tier({ to: "79.5%" }), [["components.0.rate.tiers.0.to", "empty_tier"]]],
    ["no name", { ...PLAN, name: { zh: "奖", en: "  " } }, [["name.en", "missing"]]],
    ["a negative target bonus", { ...PLAN, default_target_bonus: { amount: "-1", currency: "CNY" } }, [["default_target_bonus", "negative"]]],
    ["an amount in words", with0({ cap: { per_period: { kind: "amount", amount: { amount: "much", currency: "CNY" } } } }), [["components.0.cap.per_period", "number"]]],
    ["no KPI", with0({ measure: { kind: "scorecard", items: [{ kpi: "", weight: "100%" }] } }), [["components.0.measure.items.0.kpi", "missing"]]],
    ["no condition", with0({ gates: [{ when: "" }] }), [["components.0.gates.0.when", "missing"]]],
    ["a factor in words", with0({ modifiers: [{ value: "attainment", steps: [{ from: "-1", factor: "x%" }] }] }), [["components.0.modifiers.0.steps.0.factor", "number"]]],
  ])("%s", (_, plan, expected) => {
    expect([...fieldErrors(plan)]).toEqual(expected);
  });
});

test("only names change nothing of what is paid", () => {
  const named: Plan = { ...PLAN, name: { zh: "新", en: "New" }, components: PLAN.components.map((one) => ({ ...one, name: { zh: "一", en: "One" } })) };
  expect([differs(PLAN, named), changesPay(PLAN, named)]).toEqual([true, false]);
  expect(changesPay(PLAN, { ...PLAN, cap: { kind: "percent_of_target_bonus", percent: "150%" } })).toBe(true);
  expect(changesPay(PLAN, { ...PLAN, components: movedBy(PLAN.components, 0, 1) }), "the order is that of the statement").toBe(true);
});

describe("components", () => {
  test("are added with a code of their own", () => {
    const two = addComponent(addComponent(PLAN, { zh: "三", en: "Three" }), { zh: "四", en: "Four" });
    expect(two.components.map(({ code }) => code)).toEqual(["own", "lead", "component-3", "component-4"]);
    const again = addComponent({ ...two, components: withoutAt(two.components, 2) }, { zh: "五", en: "Five" });
    expect(new Set(again.components.map(({ code }) => code)).size).toBe(4);
    expect([...fieldErrors(again)], "they can be checked at once").toEqual([]);
  });

  test.each([[0, 1, "bac"], [2, -1, "acb"], [0, -1, "abc"], [2, 1, "abc"], [1, 1, "acb"]])("the one at %i moves by %i", (at, by, expected) => {
    expect(movedBy(["a", "b", "c"], at, by).join("")).toBe(expected);
  });

  test("that are renamed are followed by those paid on their earnings", () => {
    const renamed = renameComponent(PLAN, 0, "sales");
    expect(renamed.components.map(({ code }) => code)).toEqual(["sales", "lead"]);
    expect(renamed.components[1]?.measure).toEqual({ kind: "earnings", of: "sales" });
    expect(renameComponent(PLAN, 1, "top").components[1]).toEqual({ ...PLAN.components[1], code: "top" });
  });

  test("keep the goal when the measure changes, where the new one has a goal", () => {
    const held: Component = { ...own, measure: { kind: "facts", over: "year_to_date", goal: "margin" } };
    expect(withMeasure(held, "kpi").measure).toEqual({ kind: "kpi", kpi: "", goal: "margin" });
    expect(withMeasure(held, "objectives").measure).toEqual({ kind: "objectives" });
    expect(withMeasure(held, "facts"), "the same kind changes nothing").toBe(held);
  });
});

describe("tiers", () => {
  test("begin where the one below ends, without hole or overlap", () => {
    const next = nextTier(own.rate);
    expect(next.map(({ from, to }) => [from, to])).toEqual([["80%", "100%"], ["100%", "120%"], ["120%", undefined]]);
    expect(nextTier({ by: "amount", tiers: [{ from: "100000", pay: { kind: "nothing" } }] }).map(({ from, to }) => [from, to])).toEqual([["100000", "200000"], ["200000", undefined]]);
    expect(nextTier({ tiers: [] })).toHaveLength(1);
  });

  test("above an interpolated one pay on as that one ends", () => {
    const [first] = own.rate.tiers;
    const interpolated = { ...withAppliesTo({ ...first!, pay_to: undefined }, "interpolated"), pay_to: { kind: "percent_of_target_bonus", percent: "90%" } as const };
    expect(nextTier({ tiers: [interpolated] })[1]).toMatchObject({ from: "100%", pay: { percent: "90%" } });
    expect(nextTier({ tiers: [interpolated] })[1]).not.toHaveProperty("pay_to");
  });

  test("pay the same kind at both ends while interpolated, and have no end of pay otherwise", () => {
    const interpolated = withAppliesTo(own.rate.tiers[0]!, "interpolated");
    expect(interpolated.pay_to).toEqual(interpolated.pay);
    const fixed = withTierPay(interpolated, withPayKind(interpolated.pay, "fixed", "CNY"));
    expect([fixed.pay.kind, fixed.pay_to?.kind]).toEqual(["fixed", "fixed"]);
    expect(withAppliesTo(interpolated, "whole").pay_to).toBeUndefined();
  });

  test("keep their numbers when they go by amount instead of attainment, and back", () => {
    const byAmount = withBy(own.rate, "amount");
    expect(byAmount.tiers.map(({ from, to }) => [from, to])).toEqual([["80", "100"], ["100", undefined]]);
    expect(withBy(byAmount, "attainment")).toEqual({ ...own.rate, by: "attainment" });
  });

  test("keep a percentage when another share is paid, and start anew with an amount", () => {
    const half = { kind: "percent_of_target_bonus", percent: "50%" } as const;
    expect(withPayKind(half, "percent_of_measure", "CNY")).toEqual({ kind: "percent_of_measure", percent: "50%" });
    expect(withPayKind(half, "per_unit", "USD")).toEqual({ kind: "per_unit", amount: { amount: "", currency: "USD" } });
    expect(withPayKind(half, "nothing", "CNY")).toEqual({ kind: "nothing" });
  });
});

test("weights are added up exactly, or not at all", () => {
  expect(totalPercent(["33.3%", "33.3%", "33.4%"])).toBe("100.0");
  expect(totalPercent(["50%", "half"])).toBeNull();
});
