import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

// Read before the first test: what it waits for is the page's answer, not its parts.
import "./page";
import { monthsChart } from "./charts";
import { createFake } from "../../../backend/fake";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/bonus/what-if?from=2026&to=2026";

/** Whether a style keeps clicks away is asked of the whole style sheet, at every click: not here. */
const quick = () => userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });

const TEMPLATE = `${ADDRESS}&plan=marginal-commission`;
const ALONE = `${ADDRESS}&plan=in_force`;

describe("the what-if page", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_bonus_runs"] });
    await waits("方案试算", () => fake.release("list_bonus_runs"), () => screen.findByTestId("what-if-run"));
  });

  it("says why a comparison failed, and tries again", async () => {
    const { fake } = renderApp({ address: ALONE });
    await screen.findByTestId("what-if-run");
    fake.failNext("simulate_bonus", "store_failed", { detail: "disk full" });
    await quick().click(screen.getByTestId("what-if-run"));
    await recovers(() => screen.findByTestId("what-if-result"));
  });

  it("compares a template with the plan in force: costs, people, tiers", async () => {
    const user = quick();
    const { fake } = renderApp({ address: TEMPLATE });
    await screen.findByTestId("what-if-run");
    await waitFor(() => expect(screen.getByTestId("what-if-plan")).not.toHaveTextContent("生效的方案"));
    await user.type(screen.getByTestId("what-if-budget"), "1000000");
    await user.click(screen.getByTestId("what-if-run"));
    await screen.findByTestId("what-if-result");
    const [call] = fake.calls.filter(({ name }) => name === "simulate_bonus");
    expect(call?.args).toMatchObject({ from: "2026", to: "2026", budget: "1000000" });
    expect((call?.args as { plans: string[] } | undefined)?.plans).toHaveLength(1);
    for (const at of [0, 1]) expect(screen.getByTestId(`what-if-total-${at}`)).toHaveTextContent(/¥/);
    expect(screen.getByTestId("what-if-budget-left-0")).toBeInTheDocument();
    const people = within(screen.getByTestId("what-if-people"));
    const [row] = await people.findAllByTestId(/^what-if-p-/);
    await user.click(row as HTMLElement);
    const drawer = await screen.findByTestId("drawer-what-if-person");
    expect(within(drawer).getAllByRole("row").length).toBeGreaterThan(2);
  });

  it("starts with no plan chosen, asks for one, and compares nothing with itself", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await userEvent.click(await screen.findByTestId("what-if-run"));
    expect(await screen.findByText("请选择要试算的方案")).toBeInTheDocument();
    expect(fake.calls.some(({ name }) => name === "simulate_bonus")).toBe(false);
  });

  it("says that a plan beside itself compares nothing", async () => {
    renderApp({ address: ALONE });
    await userEvent.click(await screen.findByTestId("what-if-run"));
    expect(await screen.findByText(/没有其他方案可以比较/)).toBeInTheDocument();
  });

  it("refuses a budget that is no amount, and asks nothing", async () => {
    const user = quick();
    const { fake } = renderApp({ address: ADDRESS });
    await user.type(await screen.findByTestId("what-if-budget"), "-5");
    await user.click(screen.getByTestId("what-if-run"));
    expect(await screen.findByText("请填写大于零的金额，或留空")).toBeInTheDocument();
    expect(fake.calls.some(({ name }) => name === "simulate_bonus")).toBe(false);
  });

  it("can be stopped, and says so", async () => {
    const user = quick();
    renderApp({ address: TEMPLATE, stepMs: 200 });
    await user.click(await screen.findByTestId("what-if-run"));
    await user.click(await screen.findByTestId("task-cancel"));
    expect(await screen.findByText("已停止，没有结果。")).toBeInTheDocument();
    expect(screen.queryByTestId("what-if-result")).toBeNull();
  });

  it("records a copied table before it is copied", async () => {
    const user = quick();
    const { fake } = renderApp({ address: TEMPLATE });
    await user.click(await screen.findByTestId("what-if-run"));
    await user.click(await screen.findByTestId("what-if-copy-people"));
    await waitFor(() => expect(fake.calls.filter(({ name }) => name === "copy_what_if").map(({ args }) => args)).toEqual([{ from: "2026", to: "2026" }]));
  });
});

describe("the chart of months", () => {
  it("has every month's cost, and the budget only where something is due", async () => {
    const fake = createFake();
    const view = await fake.call("simulate_bonus", { plans: [""], from: "2026", to: "2026", budget: "1000" });
    const chart = monthsChart(view, ["A"], { title: "T", budget: "B", label: (period) => period });
    const drawn = chart.series[0]?.values.map((value) => value?.raw) ?? [];
    expect(drawn).toEqual(chart.categories.map(({ key }) => view.months.find(({ month }) => month === key)?.costs[0]));
    const budgets = chart.series[1]?.values.map((value) => Number(value?.raw ?? 0)) ?? [];
    expect(budgets.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1000);
  });
});

it("the plan's page leads here with what is edited", async () => {
  const user = quick();
  const { fake, router } = renderApp({ address: "/bonus/plan" });
  const pay = await screen.findByTestId("tier-0-pay");
  await user.clear(pay);
  await user.paste("55");
  await user.click(screen.getByTestId("plan-what-if"));
  await user.click(await screen.findByTestId("what-if-run"));
  await screen.findByTestId("what-if-result");
  expect(router.state.location.pathname).toBe("/bonus/what-if");
  const [call] = fake.calls.filter(({ name }) => name === "simulate_bonus");
  expect((call?.args as { plans: string[] } | undefined)?.plans[0]).toContain("55%");
});

it("the page of a plan that is not edited leads here with that plan, not with the one of everybody", async () => {
  const user = quick();
  const { fake, router } = renderApp({ address: "/bonus/plan" });
  await user.click(await screen.findByTestId("plan-what-if"));
  await screen.findByTestId("what-if-run");
  expect(router.state.location.search).toMatchObject({ of: "attainment-bands" });
  expect(router.state.location.search).not.toHaveProperty("plan");
  const select = screen.getByTestId("what-if-plan");
  await user.click(select.querySelector("input") as HTMLInputElement);
  await user.click(await screen.findByText(/（已保存的）$/));
  await user.click(screen.getByTestId("what-if-run"));
  await screen.findByTestId("what-if-result");
  const [call] = fake.calls.filter(({ name }) => name === "simulate_bonus");
  expect((call?.args as { plans: string[] } | undefined)?.plans[0]).toContain("attainment-bands");
});
