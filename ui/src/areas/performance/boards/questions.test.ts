import { expect, it } from "vitest";

import { METRICS } from "../../../backend/fake/metrics";
import type { Form, ViewQuestion } from "../../../backend/generated";
import { asDeals } from "../../../components/marks/drills";
import { fitted, FORMS, misfits, newQuestion, RULES } from "./questions";

const full: ViewQuestion = {
  form: "table",
  metric: "win_rate",
  by: "person",
  grain: "year",
  compare: "goal",
  filter: { by: "product", key: "x" },
  limit: 9,
};

it("a question keeps what its form can draw and gets what it needs", () => {
  expect(fitted({ ...full, form: "trend", metric: "won_amount" }, METRICS)).toEqual({ form: "trend", metric: "won_amount", by: null, grain: "month", compare: null, filter: null, limit: null });
  // A rate has no forecast, so its trend may be of a part and by years.
  expect(fitted({ ...full, form: "trend" }, METRICS)).toEqual({ form: "trend", metric: "win_rate", by: null, grain: "year", compare: null, filter: full.filter, limit: null });
  expect(fitted({ ...full, form: "bars" }, METRICS)).toMatchObject({ by: "person", grain: null, compare: "goal" });
  expect(fitted({ ...full, form: "waterfall" }, METRICS)).toMatchObject({ metric: "won_amount", by: "person", compare: "last_period" });
  expect(fitted(full, METRICS)).toEqual({ ...full, limit: null });
});

it("fitting again changes nothing, for any form", () => {
  for (const form of FORMS) {
    const once = fitted({ ...full, form }, METRICS);
    expect(fitted(once, METRICS), form).toEqual(once);
    expect(fitted(newQuestion(form), METRICS).by === null, form).toBe(RULES[form].by !== "needed");
  }
});

it("only what adds up is offered as parts of a whole; what is an amount or a count is forecast", () => {
  const codes = (form: Form) => METRICS.filter(RULES[form].takes).map(({ code }) => code);
  for (const form of ["shares", "pareto", "waterfall"] as const) {
    expect(codes(form), form).toEqual(METRICS.filter((one) => one.adds_up).map(({ code }) => code));
    expect(codes(form), form).not.toContain("average_deal");
  }
  expect(codes("trend")).toContain("average_deal");
  expect(fitted({ ...full, form: "pareto", metric: "average_deal" }, METRICS).metric).toBe("won_amount");
});

it("what the program leaves out of a question is none", () => {
  expect(fitted({ form: "bars", metric: "won_amount" } as ViewQuestion, METRICS)).toEqual({
    form: "bars",
    metric: "won_amount",
    by: null,
    grain: null,
    compare: null,
    filter: null,
    limit: null,
  });
});

it("records open as deals only where they are exactly a set of deals", () => {
  const drill = { metric: "won_amount", by: null, key: "", days: { from: "2026-07-01", to: "2026-10-01" }, unit: "u" };
  expect(asDeals(drill)).toMatchObject({ figure: "won_amount", unit: "u", directly: false });
  expect(asDeals({ ...drill, by: "team", key: "t" })).toMatchObject({ unit: "t", directly: true });
  expect(asDeals({ ...drill, by: "customer_type", keys: ["a", "b"] })).toMatchObject({ customer_types: ["a", "b"] });
  expect(asDeals({ ...drill, by: "person", keys: ["a", "b"] })).toBeNull();
  expect(asDeals({ ...drill, by: "product", key: "x" })).toBeNull();
  expect(asDeals({ ...drill, filter: { by: "product", key: "x" } })).toBeNull();
  expect(asDeals({ ...drill, metric: "receipts" })).toBeNull();
});

it("names what was chosen and cannot be shown, and nothing else", () => {
  const wanted = { ...full, form: "pareto" as const };
  expect(misfits(wanted, fitted(wanted, METRICS))).toEqual(["metric", "grain", "compare"]);
  for (const form of FORMS) {
    const once = fitted({ ...full, form }, METRICS);
    expect(misfits(once, fitted(once, METRICS)), form).toEqual([]);
    expect(misfits(newQuestion(form), fitted(newQuestion(form), METRICS)).filter((one) => one !== "grain"), form).toEqual([]);
  }
});
