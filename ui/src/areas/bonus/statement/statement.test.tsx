/** A statement of several components, in the window and as text. */
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { ComponentView, CountedView, Message, StatementView, TraceStep } from "../../../backend/generated";
import { renderPart } from "../../../test/render";
import { Statement } from "./Statement";
import { figureText, ownNotes, statementText, type StatementWords } from "./statementText";

const yuan = (amount: string) => ({ amount, currency: "CNY" });
const say = (code: string, params: Record<string, string> = {}): Message => ({ code, params });

const fact = (change: Partial<CountedView>): CountedView => ({
  fact: "f-1",
  deal: null,
  label: "INV-1",
  on: "2026-08-03",
  customer: "宏远贸易",
  product: null,
  amount: yuan("1000.00"),
  credited: { money: yuan("1000.00"), number: null },
  refunded: false,
  restated: null,
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
        { fact: null, label: say("line_whole", { number: "1", from: "0", pays: "2%", of: "percent_of_measure" }), amount: yuan("600.00") },
        { fact: null, label: say("line_floor", { limit: "900" }), amount: yuan("300.00") },
      ],
      counted: [fact({ credited: { money: yuan("500.00"), number: null }, refunded: true }), fact({ fact: "f-2", label: "INV-2", customer: null, credited: { money: null, number: "1/2" } })],
      left_out: [{ label: "INV-9", on: "2026-08-09", amount: yuan("70.00"), restated: null, reason: say("left_out_filter") }],
    }),
    component({ code: "kpi", name_zh: "满意度奖", name_en: "Satisfaction bonus", amount: null, measure: null, goal: null, attainment: null, notes: [MISSING_KPI] }),
  ],
  limit: { fact: null, label: say("line_plan_cap", { limit: "800" }), amount: yuan("-100.00") },
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

const step = (kind: string, of: string | null): TraceStep => ({ step: kind, fact: of, explain: say("payout_sum"), formula: "", value: "1" });

/** Two deals paid one by one, the second after a refund, under a cap. */
const BY_DEAL: StatementView = {
  ...VIEW,
  components: [
    component({
      steps: [step("credit", null), step("rate", "a"), step("rate", "b"), step("rounding", "a"), step("rounding", "b"), step("limit", null)],
      lines: [
        { fact: "a", label: say("line_fact", { fact: "D-1", on: "2026-08-03" }), amount: yuan("10.00") },
        { fact: "b", label: say("line_fact", { fact: "D-2", on: "2026-08-09" }), amount: yuan("8.00") },
        { fact: null, label: say("line_cap", { limit: "15" }), amount: yuan("-3.00") },
      ],
      amount: yuan("15.00"),
      counted: [
        fact({ fact: "a", label: "D-1", customer: "宏远贸易" }),
        fact({
          fact: "b",
          label: "D-2",
          customer: "Acme",
          on: "2026-08-09",
          amount: yuan("800.00"),
          refunded: true,
          restated: { gross: yuan("1000.00"), refunds: [{ label: "R-7", on: "2026-09-01", amount: yuan("-200.00") }] },
        }),
      ],
    }),
  ],
};

describe("a component that pays deal by deal", () => {
  it("lists the deals closed, with what each pays; a click shows the steps of that deal alone", async () => {
    const user = userEvent.setup();
    renderPart(<Statement view={BY_DEAL} />, "en");
    const list = await screen.findByTestId("statement-facts-paid");
    expect(screen.queryByTestId("statement-opened-fact")).not.toBeInTheDocument();
    expect(screen.queryByTestId("step-rate")).not.toBeInTheDocument();
    expect(screen.getByTestId("step-credit")).toBeInTheDocument();
    await user.click(within(list).getByText("Acme"));
    const opened = screen.getByTestId("statement-opened-fact");
    expect(opened).toHaveTextContent("2026-08-09 · Acme · D-2 · ¥800.00");
    expect(opened).toHaveTextContent("Pays ¥8.00");
    expect(within(opened).getAllByTestId(/^step-/).map((one) => one.dataset["testid"])).toEqual(["step-rate", "step-rounding"]);
    expect(opened).toHaveTextContent("D-2 before refunds¥1,000.00Refund of 2026-09-01: R-7−¥200.00D-2 after refunds¥800.00");
    await user.click(within(list).getByText("Acme"));
    expect(screen.queryByTestId("statement-opened-fact")).not.toBeInTheDocument();
  });

  it("finds a deal by its name, and sums all of them beside the cap", async () => {
    const user = userEvent.setup();
    renderPart(<Statement view={BY_DEAL} />, "en");
    await user.type(await screen.findByTestId("statement-find-fact"), "acm");
    const list = screen.getByTestId("statement-facts-paid");
    expect(within(list).getByText("Acme")).toBeInTheDocument();
    expect(within(list).queryByText("宏远贸易")).not.toBeInTheDocument();
    const lines = screen.getByTestId("statement-lines");
    expect(within(lines).getAllByRole("row").map((row) => row.textContent)).toEqual([
      "Records one by one, together (2)¥18.00",
      "Cap of 15−¥3.00",
      "Total¥15.00",
    ]);
  });
});

describe("records that refunds changed", () => {
  it("say what they were, which refund took what, and what is left, also where they no longer count", async () => {
    const restated = { gross: yuan("70.00"), refunds: [{ label: "R-9", on: "2026-09-02", amount: yuan("-70.00") }] };
    const view = { ...VIEW, components: [component({ left_out: [{ label: "INV-9", on: "2026-08-09", amount: yuan("0.00"), restated, reason: say("left_out_net_zero") }] })] };
    renderPart(<Statement view={view} />, "en");
    expect(await screen.findByTestId("statement-refunds")).toHaveTextContent("INV-9 before refunds¥70.00Refund of 2026-09-02: R-9−¥70.00INV-9 after refunds¥0.00");
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
    gross: (label) => `gross ${label}`,
    refundOf: (on, label) => `refund ${on} ${label}`,
    pays: "pays",
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

  it("has the steps of a deal below its name", () => {
    expect(statementText(BY_DEAL, "王伟", words).split("\n").slice(2, 16)).toEqual([
      "Commission  ¥15.00",
      "credit: payout_sum | 1",
      "limit: payout_sum | ¥1",
      "2026-08-03 D-1 宏远贸易  ¥1,000.00",
      "  rate: payout_sum | ¥1",
      "  rounding: payout_sum | ¥1",
      "  pays ¥10.00",
      "2026-08-09 D-2 Acme  ¥1,000.00  refunded",
      "  gross D-2  ¥1,000.00",
      "  refund 2026-09-01 R-7  −¥200.00",
      "  rate: payout_sum | ¥1",
      "  rounding: payout_sum | ¥1",
      "  pays ¥8.00",
      "line_cap  −¥3.00",
    ]);
  });

  it("says a note of a component there, and only what is of the whole at the end", () => {
    expect(ownNotes(VIEW).map(({ code }) => code)).toEqual(["target_bonus_record"]);
  });

  it("writes money with its currency and numbers as they are", () => {
    expect([figureText(null), figureText({ money: yuan("1234.50"), number: null }), figureText({ money: null, number: "1234" })]).toEqual(["—", "¥1,234.50", "1,234"]);
  });
});
