import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import type { Fake } from "../../../backend/fake";
import type { GetScorecardResult, KpiWeightSetting, SetKpiGoal, SetScorecard } from "../../../backend/generated";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/goals/scorecards?period=2026-Q3";
const KPIS: KpiWeightSetting[] = [
  { metric: "win_rate", weight: "60%", cap: "120%" },
  { metric: "won_count", weight: "40%" },
];

const weights = (fake: Fake, role: SetScorecard["role"], kpis: KpiWeightSetting[] = KPIS, from = "2026-01-01") => fake.call("set_scorecard", { role, from, kpis });
const goal = (fake: Fake, args: SetKpiGoal) => fake.call("set_kpi_goal", args);
const last = <T,>(fake: Fake, name: string) => fake.calls.findLast((call) => call.name === name)?.args as T;
const clean = async () => {
  const main = document.querySelector("main") ?? document.body;
  expect((await axe.run(main, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
};
const drawerClean = async (id: string) => {
  expect((await axe.run(screen.getByTestId(id), { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
};

describe("the page", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_scorecard_result"] });
    await waits("指标与记分卡", () => fake.release("get_scorecard_result"), () => screen.findByTestId("scorecard"));
  }, 40_000);

  it("says why it cannot be read, and tries again", async () => {
    const { fake, router } = renderApp({ address: "/goals/progress?period=2026" });
    await screen.findByTestId("goal-standing");
    fake.failNext("get_scorecard_result", "store_failed", { detail: "disk full" });
    void router.navigate({ to: "/goals/scorecards" });
    await recovers(() => screen.findByTestId("scorecard"));
  }, 40_000);

  it("says in words that nothing is measured yet, and leads to the weights", async () => {
    renderApp({ address: ADDRESS });
    expect(await screen.findByText("还没有考核指标")).toBeInTheDocument();
    expect(screen.queryByTestId("error-state")).toBeNull();
    await userEvent.click(screen.getByTestId("kpi-to-weights"));
    expect(await screen.findByTestId("weights-add")).toBeInTheDocument();
    await clean();
  }, 40_000);
});

describe("the result", () => {
  it("says what each KPI adds and the total as the program calculates them, and opens the records", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await weights(fake, "manager");
    await goal(fake, { metric: "win_rate", unit: "u-company", period: "2026", value: "50%" });
    await goal(fake, { metric: "won_count", unit: "u-company", period: "2026-Q3", value: "40" });
    const table = await screen.findByTestId("scorecard-table");
    const result = await fake.call("get_scorecard_result", { period: "2026-Q3", people: false, language: "zh-CN" });
    const [of] = result.rows;
    await waitFor(() => expect(screen.getByTestId("scorecard-total")).toHaveTextContent(of?.total_shown ?? "?"));
    for (const kpi of of?.kpis ?? []) {
      const row = within(table).getByTestId(`scorecard-${kpi.metric}`);
      for (const text of [kpi.actual_shown, kpi.goal?.shown, kpi.attainment_shown, kpi.weight_shown, kpi.contribution_shown]) expect(row).toHaveTextContent(text ?? "?");
    }
    expect(screen.getByTestId("scorecard-win_rate")).toHaveTextContent("越高越好");
    expect(within(screen.getByTestId("scorecard-win_rate")).getByTestId("source-own")).toHaveTextContent("设定于 2026年");
    expect(screen.getByTestId("kpi-win_rate")).toHaveAttribute("href", expect.stringContaining("metric=win_rate"));
    await clean();
    await user.click(screen.getByTestId("actual-win_rate"));
    expect(await screen.findByTestId("drawer-records")).toBeInTheDocument();
    expect(last(fake, "list_records")).toMatchObject({ figure: "win_rate", unit: "u-company", days: { from: "2026-07-01", to: "2026-10-01" } });
  }, 60_000);

  it("names what is missing with its reason, and gives no total", async () => {
    const { fake } = renderApp({ address: `${ADDRESS}&who=p-2` });
    await weights(fake, null, [{ metric: "receipts", weight: "40%" }, { metric: "win_rate", weight: "60%" }]);
    await goal(fake, { metric: "win_rate", unit: "u-sh1", period: "2026", value: "40%" });
    const missing = await screen.findByTestId("scorecard-missing");
    expect(missing).toHaveTextContent(/回款.*40%/);
    expect(missing.textContent?.length, "with a reason").toBeGreaterThan("缺少的指标回款 (40%)".length);
    expect(screen.getByTestId("scorecard-total")).toHaveTextContent("不计总分");
    await waitFor(() => expect(screen.getByTestId("scorecard-present")).toHaveTextContent("60.0%"));
    expect(within(screen.getByTestId("scorecard-win_rate")).getByTestId("source-inherited")).toHaveTextContent("沿用 上海一组");
    expect(screen.getByTestId("scorecard")).toHaveTextContent("该岗位没有单独设定");
    await userEvent.click(screen.getByTestId("actual-win_rate"));
    await waitFor(() => expect(last(fake, "list_records")).toMatchObject({ person: "p-2" }));
  }, 60_000);

  it("changes the period, also to a half, and lists the people of a unit", async () => {
    const user = userEvent.setup();
    const { fake, router } = renderApp({ address: `${ADDRESS}&unit=u-sh1` });
    await weights(fake, null);
    await screen.findByTestId("scorecard-table");
    await user.click(screen.getByTestId("kpi-half"));
    await waitFor(() => expect(last<GetScorecardResult>(fake, "get_scorecard_result")).toMatchObject({ period: "2026-H2", unit: "u-sh1" }));
    await user.click(screen.getByTestId("kpi-month"));
    await waitFor(() => expect(last<GetScorecardResult>(fake, "get_scorecard_result")).toMatchObject({ period: "2026-09" }));
    await user.click(await screen.findByTestId("kpi-people"));
    await waitFor(() => expect(last<GetScorecardResult>(fake, "get_scorecard_result").people).toBe(true));
    await user.click(await screen.findByTestId("kpi-person-p-1"));
    await waitFor(() => expect(last<GetScorecardResult>(fake, "get_scorecard_result")).toMatchObject({ person: "p-1" }));
    expect(router.state.location.search).toMatchObject({ who: "p-1", period: "2026-09" });
  }, 60_000);
});

describe("HR sets weights", () => {
  it("with a running total, what is wrong beside its field, and a balance", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&view=weights` });
    await weights(fake, "sales");
    await user.click(await screen.findByTestId("weights-change-sales-2026-01-01"));
    const total = () => screen.getByTestId("weights-total");
    await waitFor(() => expect(total()).toHaveTextContent("正好 100%"));
    const weight = screen.getByTestId("weights-weight-1");
    await user.clear(weight);
    await user.type(weight, "35");
    expect(total()).toHaveTextContent("合计 95% 还差 5%");
    await user.click(screen.getByTestId("weights-save"));
    expect(await screen.findByText("权重合计必须正好为 100%", { selector: "[role=alert]" })).toBeInTheDocument();
    await user.clear(weight);
    await user.type(weight, "x");
    expect(within(screen.getByTestId("weights-row-1")).getByRole("alert")).toHaveTextContent("百分比");
    expect(weight).toHaveAttribute("aria-invalid", "true");
    expect(last<SetScorecard>(fake, "set_scorecard").kpis, "nothing was sent").toEqual(KPIS);
    await user.clear(weight);
    await user.click(screen.getByTestId("weights-balance"));
    expect(total()).toHaveTextContent("正好 100%");
    expect(weight).toHaveValue("40");
    await drawerClean("weights-editor");
    await user.clear(screen.getByTestId("weights-weight-0"));
    await user.type(screen.getByTestId("weights-weight-0"), "55");
    await user.click(screen.getByTestId("weights-balance"));
    await user.click(screen.getByTestId("weights-save"));
    const undo = await screen.findByTestId("change-undo");
    expect(last<SetScorecard>(fake, "set_scorecard")).toEqual({ role: "sales", from: "2026-01-01", kpis: [{ metric: "win_rate", weight: "57.9%", cap: "120%" }, { metric: "won_count", weight: "42.1%" }] });
    expect(screen.getByTestId("weights-sales-2026-01-01")).toHaveTextContent("57.9%");
    await user.click(undo);
    await waitFor(() => expect(screen.getByTestId("weights-sales-2026-01-01")).toHaveTextContent("60%"));
  }, 60_000);

  it("says beside the field what the program refuses, by the KPI's name", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&view=weights` });
    await weights(fake, "sales");
    await user.click(await screen.findByTestId("weights-add"));
    await waitFor(() => expect(screen.getByTestId("weights-weight-0"), "begins with the newest version").toHaveValue("60"));
    fake.failNext("set_scorecard", "kpi_neutral", { metric: "won_count" });
    await user.click(screen.getByTestId("weights-save"));
    expect(await within(screen.getByTestId("weights-row-1")).findByRole("alert")).toHaveTextContent("“赢单数”没有好坏方向");
    await user.click(screen.getByTestId("weights-save"));
    // Today is 2026-11-24: from the next month on.
    await screen.findByTestId("weights-sales-2026-12-01");
    expect(screen.getByTestId("weights-sales-2026-12-01")).toHaveTextContent("尚未生效");
    expect(screen.getByTestId("weights-sales-2026-01-01")).toHaveTextContent("生效中");
    expect(screen.getByTestId("weights-sales-2026-01-01")).toHaveTextContent("2026-12-01");
    await clean();
    await user.click(screen.getByTestId("weights-remove-sales-2026-12-01"));
    await waitFor(() => expect(screen.queryByTestId("weights-sales-2026-12-01")).toBeNull());
    expect(await screen.findByTestId("change-undo")).toBeInTheDocument();
  }, 60_000);
});

describe("HR sets goals of KPIs", () => {
  it("and own and averaged ones are told apart", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&view=goals&who=u-east` });
    await weights(fake, null);
    await goal(fake, { metric: "win_rate", unit: "u-sh1", period: "2026", value: "50%" });
    await goal(fake, { metric: "win_rate", unit: "u-hz", period: "2026", value: "40%" });
    const rate = () => screen.getByTestId("kpi-goal-win_rate");
    await screen.findByTestId("kpi-goals-table");
    expect(await within(rate()).findByTestId("source-mean")).toHaveTextContent("下级加权平均");
    expect(rate()).toHaveTextContent("45.0%");
    expect(screen.getByTestId("kpi-goal-won_count")).toHaveTextContent("尚未设定目标");
    await clean();
    await user.click(screen.getByTestId("kpi-goal-why-win_rate"));
    expect(await screen.findByTestId("kpi-parts")).toHaveTextContent(/上海一组.*50\.0%.*3.*杭州组.*40\.0%.*3/);
    await user.keyboard("{Escape}");
    await user.click(screen.getByTestId("kpi-goal-set-win_rate"));
    await user.click(await screen.findByTestId("kpi-goal-save"));
    expect(await screen.findByText("请填写目标")).toHaveAttribute("role", "alert");
    const value = screen.getByTestId("kpi-goal-value");
    await user.type(value, "abc");
    await user.click(screen.getByTestId("kpi-goal-save"));
    expect(await screen.findByText(/“abc”不能作为“赢单率”的目标/)).toHaveAttribute("role", "alert");
    await drawerClean("kpi-goal-form");
    await user.clear(value);
    await user.type(value, "48%");
    await user.click(screen.getByTestId("kpi-goal-save"));
    expect(await within(rate()).findByTestId("source-own")).toBeInTheDocument();
    expect(last<SetKpiGoal>(fake, "set_kpi_goal")).toEqual({ metric: "win_rate", unit: "u-east", period: "2026-Q3", value: "48%" });
    expect(rate()).toHaveTextContent(/48\.0%.*45\.0%.*\+3\.0 个百分点/);
    await user.click(await screen.findByTestId("change-undo"));
    expect(await within(rate()).findByTestId("source-mean")).toBeInTheDocument();
  }, 60_000);

  it("and a sum of those below", async () => {
    const { fake } = renderApp({ address: `${ADDRESS}&view=goals&who=u-sh1` });
    await goal(fake, { metric: "won_count", person: "p-1", period: "2026-Q3", value: "12" });
    await goal(fake, { metric: "won_count", person: "p-2", period: "2026-Q3", value: "9" });
    const row = await screen.findByTestId("kpi-goal-won_count");
    await waitFor(() => expect(row).toHaveTextContent(/21\.00.*下级合计/));
  }, 40_000);

  it("lists what is set, and a row opens to change it or take it away", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&view=goals` });
    await goal(fake, { metric: "won_count", person: "p-1", period: "2026-Q3", value: "12" });
    await goal(fake, { metric: "win_rate", unit: "u-sh1", period: "2025", value: "50%" });
    const row = await screen.findByTestId("kpi-set-won_count-p-1-2026-Q3");
    expect(screen.queryByTestId("kpi-set-win_rate-u-sh1-2025"), "another period").toBeNull();
    await user.click(screen.getByTestId("kpi-goals-every"));
    expect(await screen.findByTestId("kpi-set-win_rate-u-sh1-2025")).toBeInTheDocument();
    await user.click(screen.getByTestId("kpi-set-won_count-p-1-2026-Q3"));
    const value = await screen.findByTestId("kpi-goal-value");
    expect(value).toHaveValue("12");
    await user.clear(value);
    await user.type(value, "15");
    await user.click(screen.getByTestId("kpi-goal-save"));
    await waitFor(() => expect(screen.getByTestId("kpi-set-won_count-p-1-2026-Q3")).toHaveTextContent("15"));
    expect(last<SetKpiGoal>(fake, "set_kpi_goal")).toMatchObject({ person: "p-1", from: "2026-07-01" });
    await user.click(screen.getByTestId("kpi-set-won_count-p-1-2026-Q3"));
    await user.click(await screen.findByTestId("kpi-goal-remove"));
    await waitFor(() => expect(screen.queryByTestId("kpi-set-won_count-p-1-2026-Q3")).toBeNull());
    expect(row).not.toBeInTheDocument();
  }, 60_000);

  it("says what belongs here where nothing is set", async () => {
    renderApp({ address: `${ADDRESS}&view=goals` });
    expect(await screen.findByText("还没有指标目标")).toBeInTheDocument();
    expect(await screen.findByText("没有符合条件的目标")).toBeInTheDocument();
    await clean();
  }, 40_000);
});

describe("a salesperson", () => {
  it("sees the own result and what is measured, and changes nothing", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS, personal: true });
    await weights(fake, "sales");
    await goal(fake, { metric: "win_rate", unit: "u-sh1", period: "2026", value: "50%" });
    const name = fake.world.people[0]?.name ?? "?";
    expect(await screen.findByTestId("scorecard")).toHaveTextContent(name);
    expect(screen.queryByTestId("kpi-who")).toBeNull();
    expect(screen.queryByTestId("kpi-people")).toBeNull();
    await user.click(screen.getByTestId("kpi-view-weights"));
    expect(await screen.findByTestId("weights-sales-2026-01-01")).toHaveTextContent("赢单率");
    expect(screen.queryByTestId("weights-add")).toBeNull();
    expect(screen.queryByTestId("weights-change-sales-2026-01-01")).toBeNull();
    await user.click(screen.getByTestId("kpi-view-goals"));
    expect(await screen.findByTestId("source-inherited")).toHaveTextContent("沿用 上海一组");
    expect(screen.queryByTestId("kpi-goal-add")).toBeNull();
    expect(screen.queryByTestId("kpi-goal-set-win_rate")).toBeNull();
  }, 60_000);
});
