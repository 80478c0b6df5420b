/** A statement of several components, in the window and as text. */
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import type { ComponentView, CountedView, Message, StatementView } from "../../../backend/generated";
import { renderPart } from "../../../test/render";
import { Statement } from "./Statement";
import { figureText, ownNotes, statementText, type StatementWords } from "./statementText";

const yuan = (amount: string) => ({ amount, currency: "CNY" });
const say = (code: string, params: Record<string, string> = {}): Message => ({ code, params });

const fact = (change: Partial<CountedView>): CountedView => ({
  deal: null,
  label: "INV-1",
  on: "2026-08-03",
  customer: "宏远贸易",
  product: null,
  amount: yuan("1000.00"),
  credited: { money: yuan("1000.00"), number: null },
  refunded: false,
  ...change,
});

const component = (change: Partial<ComponentView>): ComponentView => ({
  code: "sales",
  name_zh: "销售提成",
  name_en: "Commission",
  amount: yuan("900.00"),
  measure: { money: yuan("30000.00"), number: null },
  goal: { money: yuan("40000.00"), number: null },
  attainment: "3/4",
  lines: [],
  steps: [],
  counted: [],
  left_out: [],
  notes: [],
  ...change,
});

const MISSING_KPI = say("kpi_missing", { kpi: "satisfaction", kpi_zh: "满意度", kpi_en: "Satisfaction" });

const VIEW: StatementView = {
  summary: {
    person: "p-1",
    name: "王伟",
    staff_number: null,
    team: null,
    goal: null,
    actual: null,
    attainment: null,
    target_bonus: yuan("10000.00"),
    payout: yuan("850.00"),
    blocked: true,
    notes: [say("target_bonus_record"), MISSING_KPI],
  },
  components: [
    component({
      lines: [
        { label: say("line_whole", { number: "1", from: "0", pays: "2%", of: "percent_of_measure" }), amount: yuan("600.00") },
        { label: say("line_floor", { limit: "900" }), amount: yuan("300.00") },
      ],
      counted: [fact({ credited: { money: yuan("500.00"), number: null }, refunded: true }), fact({ label: "INV-2", customer: null, credited: { money: null, number: "1/2" } })],
      left_out: [{ label: "INV-9", on: "2026-08-09", amount: yuan("70.00"), reason: say("left_out_filter") }],
    }),
    component({ code: "kpi", name_zh: "满意度奖", name_en: "Satisfaction bonus", amount: null, measure: null, goal: null, attainment: null, notes: [MISSING_KPI] }),
  ],
  limit: { label: say("line_plan_cap", { limit: "800" }), amount: yuan("-100.00") },
  adjustments: [
    { amount: yuan("50.00"), paid: true, reason: "补发", cause: "二季度更正", restated: null, causes: [] },
    { amount: yuan("30.00"), paid: false, reason: "特别奖励", cause: null, restated: null, causes: [] },
  ],
  inputs_hash: "abc",
  engine_version: "2.0.0",
  audit_head: null,
};

describe("a statement of several components", () => {
  it("shows each with its facts, and how they add up to the payout", async () => {
    renderPart(<Statement view={VIEW} />, "en");
    const sales = await screen.findByTestId("component-sales");
    expect(within(sales).getByTestId("statement-counted")).toHaveTextContent("500.0050.0%");
    expect(within(sales).getByTestId("statement-counted")).toHaveTextContent("refunded in part");
    expect(within(sales).getByTestId("statement-left-out")).toHaveTextContent("not wanted by the condition");
    const rows = within(screen.getByTestId("statement-sum")).getAllByRole("row").map((row) => row.textContent);
    expect(rows).toEqual([
      "Commission¥900.00",
      "Satisfaction bonus Blocked",
      "The plan's cap of 800−¥100.00",
      "Adjustment: 补发 (二季度更正) approved¥50.00",
      "Adjustment: 特别奖励 not approved by a second person, not paid¥30.00",
      "Payout¥850.00",
    ]);
  });

  it("marks what cannot be known by shape and word, and says once why", async () => {
    renderPart(<Statement view={VIEW} />, "en");
    const blocked = await screen.findByTestId("component-kpi");
    expect(blocked).toHaveTextContent("Blocked");
    expect(blocked.querySelector(".blocked-mark svg")).not.toBeNull();
    expect(screen.getByTestId("statement-blocked")).toBeInTheDocument();
    expect(screen.getAllByText(/Satisfaction”|satisfaction/i).filter((one) => one.closest(".notes"))).toHaveLength(1);
  });
});

describe("a statement as text", () => {
  const words: StatementWords = {
    say: ({ code }) => code,
    formula: { day: "day", noFigure: "none", belowTiers: "below", aboveTiers: "above", sumOf: String, facts: String, tier: String },
    name: ({ name_en }) => name_en,
    step: (code) => code,
    payout: "Payout",
    blocked: "Blocked",
    refunded: "refunded",
    unpaid: "not paid",
    adjustment: ({ reason, cause }) => [reason, cause].filter(Boolean).join("/"),
    exact: (value) => `exactly ${value}`,
    mark: (head) => `mark ${head}`,
  };

  it("has what the window has: components, lines, facts, limit, adjustments, payout", () => {
    expect(statementText(VIEW, "王伟", words).split("\n")).toEqual([
      "王伟",
      "",
      "Commission  ¥900.00",
      "line_whole  ¥600.00",
      "line_floor  ¥300.00",
      "2026-08-03 INV-1 宏远贸易  ¥500.00  refunded",
      "2026-08-03 INV-2  1/2",
      "2026-08-09 INV-9  ¥70.00  left_out_filter",
      "",
      "Satisfaction bonus  Blocked",
      "kpi_missing",
      "",
      "line_plan_cap  −¥100.00",
      "补发/二季度更正  ¥50.00",
      "特别奖励  ¥30.00  not paid",
      "target_bonus_record",
      "Payout  ¥850.00 (Blocked)",
    ]);
  });

  it("says a note of a component there, and only what is of the whole at the end", () => {
    expect(ownNotes(VIEW).map(({ code }) => code)).toEqual(["target_bonus_record"]);
  });

  it("writes money with its currency and numbers as they are", () => {
    expect([figureText(null), figureText({ money: yuan("1234.50"), number: null }), figureText({ money: null, number: "1234" })]).toEqual(["—", "¥1,234.50", "1,234"]);
  });
});
