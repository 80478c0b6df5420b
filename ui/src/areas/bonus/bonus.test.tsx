import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";

import type { Fake } from "../../backend/fake";
import { renderApp, renderPart } from "../../test/render";
import { recovers, waits } from "../../test/states";
import { bonusPeriodOf, kindOf, newestFirst, scopeOf, yearOf } from "./bonusPeriod";
import { RunResult } from "./RunResult";

const ADDRESS = "/bonus?period=2026-Q3";

describe("the bonus page", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_bonus_runs"] });
    await waits("奖金", () => fake.release("list_bonus_runs"), () => screen.findByTestId("bonus-period"));
  });

  it.each(["list_bonus_runs", "get_bonus_run"] as const)("says why %s failed, and tries again", async (name) => {
    renderApp({ address: ADDRESS, fails: { [name]: "store_failed" } });
    expect(await screen.findByRole("heading", { level: 1, name: "奖金" })).toBeInTheDocument();
    await recovers(() => screen.findByText("2026年第3季度尚未核算"));
  });

  it("keeps nothing of a run that failed, and runs again as asked", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByText("2026年第3季度尚未核算");
    fake.failNext("run_bonus", "store_failed", { detail: "disk full" });
    await userEvent.click(screen.getByTestId("bonus-run"));
    await recovers(() => screen.findByTestId("bonus-total"));
    const runs = fake.calls.filter(({ name }) => name === "run_bonus");
    expect(runs.map(({ args }) => args)).toEqual([
      { period: "2026-Q3", plan: expect.any(String), preview: false },
      { period: "2026-Q3", plan: expect.any(String), preview: false },
    ]);
  });

  it("says why a statement cannot be read, and tries again", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByText("2026年第3季度尚未核算");
    await userEvent.click(screen.getByTestId("bonus-run"));
    const [row] = await screen.findAllByTestId(/^statement-p-/);
    fake.failNext("get_statement", "store_failed", { detail: "disk full" });
    await userEvent.click(row as HTMLElement);
    await recovers(() => screen.findByTestId("step-payout"));
  });
});

/** Whether a style keeps clicks away is asked of the whole style sheet, at every click: not here. */
const quick = () => userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });

/** Puts another plan in force before the page looks at it. */
function withPlan(fake: Fake, change: object) {
  const component = { code: "own", name: { zh: "个人提成", en: "Own" }, rate: { tiers: [{ from: "80%", pay: { kind: "percent_of_target_bonus", percent: "50%" } }] } };
  fake.world.bonusPlan = JSON.stringify({ schema: 2, code: "p", name: { zh: "方案", en: "Plan" }, period: "quarter", components: [component], ...change });
}

describe("the period", () => {
  it("is the top bar's, also one without data, and choosing another moves the top bar", async () => {
    const user = quick();
    const { router } = renderApp({ address: "/bonus?period=2019-Q2" });
    expect(await screen.findByText("2019年第2季度尚未核算")).toBeInTheDocument();
    expect(screen.getByText("这个周期没有业绩数据，也没有目标。")).toBeInTheDocument();
    expect(screen.queryByTestId("bonus-other-period")).toBeNull();
    await user.click(screen.getByRole("combobox", { name: "周期" }));
    await user.click(await screen.findByTitle("2026年第1季度"));
    await waitFor(() => expect(router.state.location.search).toEqual({ period: "2026-Q1" }));
    expect(await screen.findByText("2026年第1季度尚未核算")).toBeInTheDocument();
  });

  it("is named where the top bar's period is of another kind", async () => {
    renderApp({ address: "/bonus?period=2025" });
    expect(await screen.findByTestId("bonus-other-period")).toHaveTextContent("奖金按季度核算：这里是2025年第4季度，不是所选的2025年。");
  });

  it("is a half where the plan pays by halves, though the top bar knows none", async () => {
    const user = quick();
    const { fake, router } = renderApp({ address: "/bonus?period=2026-Q3", holds: ["list_bonus_runs"] });
    withPlan(fake, { period: "half" });
    fake.release("list_bonus_runs");
    expect(await screen.findByText("2026年下半年尚未核算")).toBeInTheDocument();
    await user.click(screen.getByRole("combobox", { name: "周期" }));
    await user.click(await screen.findByTitle("2026年上半年"));
    await user.click(await screen.findByTestId("bonus-run"));
    await screen.findByTestId("bonus-total");
    expect(fake.calls.find(({ name }) => name === "run_bonus")?.args).toEqual({ period: "2026-H1", plan: expect.any(String), preview: false });
    expect(router.state.location.search).toEqual({ period: "2026-Q2" });
  });

  it("of a run that an earlier plan made is shown, and not run again", async () => {
    const user = quick();
    const { fake } = renderApp({ address: "/bonus?period=2026-08", holds: ["list_bonus_runs"] });
    fake.world.bonusRuns = [{ id: "r-1", period: "2026-Q2", at: "2026-07-02T01:00:00Z" }];
    withPlan(fake, { period: "month" });
    fake.release("list_bonus_runs");
    expect(await screen.findByTestId("bonus-run")).toBeInTheDocument();
    await user.click(screen.getByRole("combobox", { name: "周期" }));
    await user.click(await screen.findByTitle("2026年第2季度 · 已核算"));
    await screen.findByTestId("bonus-total");
    expect(screen.queryByTestId("bonus-run")).toBeNull();
  });

  it("is the last known one of a longer period, else the one that holds the last day", () => {
    const known = ["2026-Q3", "2026-Q2", "2025-Q4"];
    expect(bonusPeriodOf("2026-Q1", "quarter", known)).toBe("2026-Q1");
    expect(bonusPeriodOf("2026", "quarter", known)).toBe("2026-Q3");
    expect(bonusPeriodOf("2019", "quarter", known)).toBe("2019-Q4");
    expect(bonusPeriodOf("2026-05", "quarter", known)).toBe("2026-Q2");
    expect(bonusPeriodOf("2026-W14", "quarter", known), "30 March to 5 April").toBe("2026-Q2");
    expect(bonusPeriodOf("2026-Q3", "month", ["2026-08", "2026-07"])).toBe("2026-08");
    expect(bonusPeriodOf("2026-Q3", "month", [])).toBe("2026-09");
    expect(bonusPeriodOf("2026", "half", ["2026-H1"])).toBe("2026-H1");
    expect(bonusPeriodOf("2026-Q3", "half", [])).toBe("2026-H2");
    expect(bonusPeriodOf("2026-Q3", "year", [])).toBe("2026");
  });

  it("knows its kind, what the top bar shows for it, and its place in the list", () => {
    expect(["2026-05", "2026-Q2", "2026-H1", "2026", "2026-W14", "x"].map(kindOf)).toEqual(["month", "quarter", "half", "year", null, null]);
    expect(["2026-H1", "FY2026-Q1@04", "FY2026-P01@04-end"].map(yearOf)).toEqual(["2026", "FY2026@04", "FY2026@04-end"]);
    expect(["2026-H1", "2026-H2", "2026-Q3"].map(scopeOf)).toEqual(["2026-Q2", "2026-Q4", "2026-Q3"]);
    expect(newestFirst(["2026-Q1", "2026-H1", "2026-Q2", "2026-06", "2026-Q1"])).toEqual(["2026-H1", "2026-Q2", "2026-06", "2026-Q1"]);
  });
});

describe("a run with statements that cannot be known", () => {
  it("puts them first on wish, and back", async () => {
    const user = quick();
    const one = (person: string, amount: string, blocked: boolean) => ({ person, name: person, staff_number: null, team: null, goal: null, actual: null, attainment: null, target_bonus: null, payout: { amount, currency: "CNY" }, blocked, notes: [] });
    const run = { id: null, period: "2026-Q3", at: "2026-11-24T02:30:00Z", engine_version: "2.0.0", inputs_hash: "abc", plan_name_zh: "方案", plan_name_en: "Plan", statements: [one("a", "300.00", false), one("b", "200.00", true), one("c", "100.00", false)], total: { amount: "600.00", currency: "CNY" }, notes: [] };
    renderPart(<RunResult run={run} />);
    const order = () => screen.getAllByTestId(/^statement-/).map((row) => row.dataset["row"]);
    await user.click(await screen.findByTestId("bonus-blocked-first"));
    expect(order()).toEqual(["b", "a", "c"]);
    expect(screen.getByTestId("bonus-blocked")).toHaveTextContent("1");
    await user.click(screen.getByTestId("bonus-blocked-first"));
    expect(order()).toEqual(["a", "b", "c"]);
  });

  it("counts and marks them, and says in the statement what is missing", async () => {
    const user = quick();
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_bonus_run"] });
    const rate = { tiers: [{ from: "0%", pay: { kind: "percent_of_target_bonus", percent: "50%" } }] };
    const kpi = { code: "kpi", name: { zh: "满意度奖", en: "Satisfaction" }, measure: { kind: "kpi", kpi: "satisfaction" }, rate };
    withPlan(fake, { components: [kpi] });
    fake.release("get_bonus_run");
    await user.click(await screen.findByTestId("bonus-run"));
    expect(await screen.findByTestId("bonus-blocked")).toHaveTextContent("12");
    const [row] = screen.getAllByTestId(/^statement-p-/);
    expect(row).toHaveTextContent("未能核算");
    expect(row, "what is not known is no zero").toHaveTextContent("—");
    await user.click(screen.getAllByTestId(/^statement-p-/)[0] as HTMLElement);
    const component = await screen.findByTestId("component-kpi");
    expect(within(component).getAllByText("未能核算").length).toBeGreaterThan(0);
    expect(screen.getByTestId("statement-blocked")).toBeInTheDocument();
    expect(within(component).getByText(/satisfaction/)).toBeInTheDocument();
  });
});

describe("the plan", () => {
  // The page is loaded when it is first asked for; the tests after this one find it there.
  beforeAll(() => import("./plan/page"), 30_000);

  it("loads under its name", async () => {
    const { fake } = renderApp({ address: "/bonus/plan", holds: ["get_bonus_plan"] });
    await waits("奖金", () => fake.release("get_bonus_plan"), () => screen.findByTestId("plan-tiers"));
  });

  it("says why it cannot be read, and tries again", async () => {
    renderApp({ address: "/bonus/plan", fails: { get_bonus_plan: "store_failed" } });
    expect(await screen.findByTestId("sub-runs")).toBeInTheDocument();
    await recovers(() => screen.findByTestId("plan-tiers"));
  });

  it("keeps what was typed when the page is left, until it is discarded or saved", async () => {
    const user = quick();
    const { router } = renderApp({ address: "/bonus/plan" });
    await user.type(await screen.findByTestId("tier-0-pay"), "5");
    expect(screen.queryByTestId("plan-draft"), "what is being typed is in sight").toBeNull();
    await user.click(screen.getByTestId("nav-data"));
    await screen.findByTestId("undo-b-1");
    void router.navigate({ to: "/bonus/plan" });
    expect(await screen.findByTestId("tier-0-pay")).toHaveValue("505");
    expect(screen.getByTestId("plan-draft")).toHaveTextContent("尚未保存");
    await user.click(screen.getByText("放弃修改"));
    expect(screen.getByTestId("tier-0-pay")).toHaveValue("50");
    expect(screen.queryByTestId("plan-draft")).toBeNull();
    await user.type(screen.getByTestId("plan-en"), " 2027");
    await user.click(screen.getByTestId("plan-save"));
    await user.click(await screen.findByText("保存新版本"));
    await waitFor(() => expect(screen.getByTestId("plan-save")).toBeDisabled());
    expect(screen.getByTestId("plan-en")).toHaveValue("Attainment bands 2027");
  });

  it("says why it cannot be checked, and tries again", async () => {
    renderApp({ address: "/bonus/plan", fails: { check_bonus_plan: "store_failed" } });
    await recovers(() => screen.findByTestId("plan-curve"));
  });
});

describe("a statement", () => {
  it("is read in words and percent; the exact values come by one click, and in the copy", async () => {
    const copied: string[] = [];
    const user = quick();
    const { fake } = renderApp({ address: ADDRESS });
    await user.click(await screen.findByTestId("bonus-run"));
    const [row] = await screen.findAllByTestId(/^statement-p-/);
    await user.click(row as HTMLElement);
    const tier = await screen.findByTestId("step-tier");
    expect(tier).toHaveTextContent(/100% < \d+(\.\d+)?%/);
    expect(tier).toHaveTextContent("第 2 档");
    expect(tier).not.toHaveTextContent(/\d\/\d/);
    expect(screen.getByTestId("step-rate")).toHaveTextContent("× 200%");
    expect(tier.querySelector("[title]")?.getAttribute("title")).toMatch(/^精确值 100% < [\d,]+\/[\d,]+$/);

    await user.click(screen.getByTestId("statement-exact"));
    expect(tier).toHaveTextContent(/100% < [\d,]+\/[\d,]+/);

    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: (text: string) => Promise.resolve(copied.push(text)) } });
    await user.click(screen.getByRole("button", { name: "复制奖金单" }));
    await waitFor(() => expect(copied).toHaveLength(1));
    expect(copied[0]).toMatch(/档位: .*100% < .*\[精确值 100% < /);
    expect(copied[0]).toMatch(/^达成奖金  ¥[\d,]+\.00$/m);
    expect(fake.calls.some(({ name }) => name === "copy_statement"), "the audit log has it").toBe(true);

    fake.failNext("copy_statement", "store_failed", { detail: "disk full" });
    await user.click(screen.getByRole("button", { name: "复制奖金单" }));
    await waitFor(() => expect(fake.calls.filter(({ name }) => name === "copy_statement")).toHaveLength(2));
    await screen.findByText(/disk full/);
    expect(copied, "what cannot be recorded does not leave").toHaveLength(1);
  });
});

describe("a company whose year is another one", () => {
  const known = ["FY2026-Q3@04", "FY2026-Q2@04", "FY2026-Q1@04", "FY2025-Q4@04"];

  it("has its own periods, in order, and the one around the end of the top bar's", () => {
    expect(known.map(kindOf)).toEqual(["quarter", "quarter", "quarter", "quarter"]);
    expect(["FY2026@04", "FY2026-H2@04", "FY2026-P01@04-end"].map(kindOf)).toEqual(["year", "half", "month"]);
    expect(newestFirst([...known].toReversed())).toEqual(known);
    expect(bonusPeriodOf("2026-Q2", "quarter", known), "April to June").toBe("FY2026-Q1@04");
    expect(bonusPeriodOf("2026-Q1", "quarter", known), "January to March").toBe("FY2025-Q4@04");
    expect(bonusPeriodOf("2026-08", "quarter", known)).toBe("FY2026-Q2@04");
    expect(bonusPeriodOf("2020-Q1", "quarter", known), "before all").toBe("FY2025-Q4@04");
  });
});
