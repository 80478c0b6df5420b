import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import type { EditGoal, GetGoalProgress } from "../../../backend/generated";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/goals/progress?period=2026-Q4";

describe("the progress page", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_goal_progress"] });
    await waits("目标进度", () => fake.release("get_goal_progress"), () => screen.findByTestId("goal-standing"));
  }, 40_000);

  it("says why it cannot be read, and tries again", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByTestId("goal-standing");
    fake.failNext("get_goal_progress", "store_failed", { detail: "disk full" });
    await userEvent.click(screen.getByTestId("progress-year"));
    await recovers(() => screen.findByTestId("goal-standing"));
  }, 40_000);

  it("offers the periods of the company's calendar where that is not the calendar year", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByTestId("progress-year");
    await fake.call("set_calendar", { rule: { first_month: 4, months: "calendar", year_end: "last", week_start: "monday", named_by: "start" }, holidays: "none" });
    await user.click(within(await screen.findByTestId("progress-period")).getByRole("combobox"));
    expect(screen.queryByTestId("progress-year")).toBeNull();
    await user.click(await screen.findByTitle("2026财年第3季度"));
    await waitFor(() => expect(fake.calls.findLast(({ name }) => name === "get_goal_progress")?.args).toMatchObject({ period: "FY2026-Q3@04" }));
    expect(await screen.findByTestId("goal-standing")).toBeInTheDocument();
    expect(screen.getByTestId("progress-period")).toHaveTextContent("2026财年第3季度");
  }, 60_000);

  it("says what today asks for, the pace in a word, and the landing with its interval", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    const standing = await screen.findByTestId("goal-standing");
    const answer = await fake.call("get_goal_progress", { metric: "won_amount", period: "2026-Q4", language: "zh-CN" });
    const digits = (text: string | null | undefined) => Number((text ?? "").replaceAll(/[^\d.]/g, ""));
    expect(digits(within(standing).getByTestId("goal-today").textContent)).toBe(Number(answer.today));
    // What is left, by the days that are left, is never less than what is left.
    expect(Number(answer.today) * answer.days_left).toBeGreaterThanOrEqual(Number(answer.left));
    expect(within(standing).getByTestId("goal-pace")).toHaveTextContent(/按计划|略落后|落后/);
    expect(within(standing).getByTestId("goal-landing")).toHaveTextContent("95% 区间");
    expect(screen.getByTestId("chart-goal_steps")).toBeInTheDocument();
    const main = document.querySelector("main") ?? document.body;
    expect((await axe.run(main, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  }, 40_000);

  it("counts another figure in its own unit", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByTestId("goal-standing");
    await fake.call("set_goal", { metric: "won_count", year: 2026, amount: "400" });
    await fake.call("split_goal", { metric: "won_count", year: 2026, rule: { by: "equal" }, preview: false });
    const ask = (metric: GetGoalProgress["metric"]) => fake.call("get_goal_progress", { metric, period: "2026-Q3", language: "zh-CN" });
    const [count, amount] = [await ask("won_count"), await ask("won_amount")];
    expect(count.currency).toBe("XXX");
    const won = fake.world.deals.filter(({ stage, closed }) => stage === "won" && closed !== null && closed >= "2026-07-01" && closed < "2026-10-01");
    expect(count.actual).toBe(String(won.length));
    expect(count.actual).not.toBe(amount.actual);
    expect(count.steps.every(({ goal }) => /^\d+$/.test(goal))).toBe(true);
  }, 40_000);

  it("changes the kind of period and whose progress it is", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&who=p-3` });
    await screen.findByTestId("goal-standing");
    await user.click(screen.getByTestId("progress-month"));
    const last = () => fake.calls.filter(({ name }) => name === "get_goal_progress").at(-1)?.args as GetGoalProgress;
    // Of a quarter under way the month under way, not its last one, which has not begun.
    await waitFor(() => expect(last()).toMatchObject({ period: "2026-10", unit: "p-3" }));
  }, 40_000);

  it("says in words that there is no goal yet", async () => {
    renderApp({ address: "/goals/progress?period=2027" });
    expect(await screen.findByText("这里还没有目标")).toBeInTheDocument();
    expect(screen.queryByTestId("error-state")).toBeNull();
  }, 40_000);
});

it("is the first page of the area for a salesperson, who sees their own and changes nothing", async () => {
  const { fake } = renderApp({ address: ADDRESS, personal: true });
  expect(await screen.findByRole("heading", { level: 1, name: "我的目标" })).toBeInTheDocument();
  const standing = await screen.findByTestId("goal-standing");
  expect(standing).toHaveTextContent(fake.world.people[0]?.name ?? "?");
  const tabs = within(screen.getByRole("navigation", { name: "目标" })).getAllByRole("link");
  expect(tabs.map((tab) => tab.textContent)).toEqual(["进度", "目标分解", "协商", "指标与记分卡"]);
  expect(screen.queryByTestId("progress-who")).toBeNull();
  await screen.findByTestId("goal-aim");
  expect(screen.queryByTestId("aim-edit")).toBeNull();
  expect(screen.queryByTestId("smart-use")).toBeNull();
}, 40_000);

describe("HR", () => {
  it("takes a suggested amount after seeing what it moves, and takes it back", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: "/goals/progress?period=2026&who=p-1" });
    const before = fake.world.goals.get(2026)?.minor;
    await user.click(await screen.findByTestId("smart-use"));
    const effect = await screen.findByTestId("use-effect");
    expect(effect).toHaveTextContent(fake.world.people[0]?.name ?? "?");
    const edits = () => fake.calls.filter(({ name }) => name === "edit_goal").map(({ args }) => args as EditGoal);
    expect(edits().every(({ preview }) => preview), "so far only looked at").toBe(true);
    await user.click(screen.getByTestId("use-confirm"));
    await user.click(await screen.findByTestId("change-undo"));
    expect(edits().at(-1)).toMatchObject({ preview: false, edits: [{ kind: "set", unit: "p-1", period: "2026", above: "grow" }] });
    await screen.findByText(/已撤销/);
    expect(fake.world.goals.get(2026)?.minor).toBe(before);
  }, 60_000);

  it("writes the aim in place", async () => {
    const user = userEvent.setup();
    renderApp({ address: ADDRESS });
    await user.click(await screen.findByTestId("aim-edit"));
    await user.type(screen.getByTestId("aim-text"), "进入西南市场");
    await user.click(screen.getByTestId("aim-save"));
    await waitFor(() => expect(screen.getByTestId("goal-aim")).toHaveTextContent("进入西南市场"));
    await waitFor(() => expect(within(screen.getByTestId("smart-relevant")).getByTestId("light-green")).toBeInTheDocument());
  }, 60_000);
});
