import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import type { Fake } from "../../../backend/fake";
import type { AdjustGoal, AdoptGoals, ProposeGoal } from "../../../backend/generated";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/goals/round?year=2026";
const YEAR = { metric: "won_amount", year: 2026 } as const;

const opened = (fake: Fake) => fake.call("open_goal_round", { ...YEAR, people_due: "2026-12-10", managers_due: "2026-12-18" });
const view = (fake: Fake) => fake.call("get_goal_round", { ...YEAR, expanded: ["*"], offset: 0, limit: 400 });
const last = <T,>(fake: Fake, name: string) => fake.calls.findLast((call) => call.name === name)?.args as T;

describe("the page of a round", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_goal_round"] });
    await waits("目标协商", () => fake.release("get_goal_round"), () => screen.findByTestId("round-open"));
  }, 40_000);

  it("says why it cannot be read, and tries again", async () => {
    const { fake, router } = renderApp({ address: "/goals/progress?period=2026" });
    await screen.findByTestId("goal-standing");
    fake.failNext("get_goal_round", "store_failed", { detail: "disk full" });
    void router.navigate({ to: "/goals/round", search: { year: "2026" } });
    await recovers(() => screen.findByTestId("round-open"));
  }, 40_000);

  it("says that a goal comes first where a year has none", async () => {
    renderApp({ address: "/goals/round?year=2031" });
    expect(await screen.findByText("2031年还没有分解好的目标")).toBeInTheDocument();
  }, 40_000);
});

describe("somebody without a goal of their own", () => {
  it("is shown nothing in place of it, and no error", async () => {
    const { fake } = renderApp({ address: ADDRESS, personal: true, fails: { get_goal_confirmation: "goal_no_row" } });
    await screen.findByTestId("confirmations");
    await waitFor(() => expect(fake.calls.some(({ name }) => name === "get_goal_confirmation")).toBe(true));
    await waitFor(() => expect(document.querySelectorAll("main .ant-skeleton")).toHaveLength(0));
    expect(screen.queryByTestId("error-state")).toBeNull();
    expect(screen.queryByTestId("own-goal")).toBeNull();
  }, 60_000);
});

describe("HR", () => {
  it("opens a round, and the page has nothing that stops a reader", async () => {
    const user = userEvent.setup();
    renderApp({ address: ADDRESS });
    await user.click(await screen.findByTestId("round-days-save"));
    await screen.findByTestId("round-tree");
    await screen.findByTestId("confirmations");
    const main = document.querySelector("main") ?? document.body;
    expect((await axe.run(main, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  }, 60_000);

  it("writes everybody's letters with progress, and stops when asked", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS, stepMs: 40 });
    await opened(fake);
    await user.click(await screen.findByTestId("round-letters"));
    expect(await screen.findByTestId("task-progress")).toHaveTextContent(/\d+ \/ \d+/);
    await user.click(screen.getByTestId("task-cancel"));
    expect(await screen.findByText("已停止；已写好的责任书留在文件夹中")).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByTestId("task-progress")).toBeNull());
    expect(fake.calls.some(({ name }) => name === "cancel_task")).toBe(true);
    await user.click(screen.getByTestId("round-letters"));
    expect(await screen.findByText(/已保存到/, {}, { timeout: 4000 })).toBeInTheDocument();
  }, 60_000);

  it("adjusts with a reason, and is told beside the field when there is none", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await opened(fake);
    const person = (await view(fake)).rows.find(({ level }) => level === "person");
    const id = person?.unit ?? "";
    await user.type(await screen.findByRole("searchbox"), `${person?.name}{Enter}`);
    await user.click(await screen.findByTestId(`round-adjust-${id}`));
    const amount = await screen.findByTestId("round-amount");
    await user.clear(amount);
    await user.type(amount, "1,100,000");
    await user.click(screen.getByTestId("round-save"));
    expect(await screen.findByRole("alert")).toHaveTextContent("请写明理由");
    expect(last(fake, "adjust_goal")).toBeUndefined();
    await user.type(screen.getByTestId("round-words"), "区域共享");
    await user.click(screen.getByTestId("round-save"));
    await waitFor(() => expect(screen.getByTestId(`round-row-${id}`)).toHaveTextContent("1,100,000.00"));
    expect(last<AdjustGoal>(fake, "adjust_goal")).toMatchObject({ person: id, amount: "1100000", reason: "区域共享" });
  }, 60_000);

  it("hands a unit in, naming who is missing, and sends it back", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await opened(fake);
    const root = (await view(fake)).rows[0];
    const row = () => screen.getByTestId(`round-row-${root?.unit}`);
    await user.click(await screen.findByTestId(`round-submit-${root?.unit}`));
    await user.click(await screen.findByTestId("round-save"));
    await waitFor(() => expect(row()).toHaveTextContent("已提交"));
    expect(row()).toHaveTextContent(root?.missing_names[0] ?? "?");
    await user.click(screen.getByTestId(`round-sendBack-${root?.unit}`));
    await user.type(await screen.findByTestId("round-words"), "缺两人");
    await user.click(screen.getByTestId("round-save"));
    await waitFor(() => expect(row()).toHaveTextContent("已退回：缺两人"));
  }, 60_000);

  it("sees what adopting moves before it is done, and takes it back", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    const round = await opened(fake);
    const person = (await view(fake)).rows.find(({ level }) => level === "person");
    await fake.call("propose_goal", { round: round.id, person: person?.unit ?? "", amount: "1234567" });
    const goal = async () => (await view(fake)).rows.find(({ unit }) => unit === person?.unit)?.goal;
    await user.click(await screen.findByTestId("round-adopt-all"));
    expect(screen.getByTestId("round-adopt-apply")).toBeDisabled();
    await user.click(screen.getByTestId("round-adopt-preview"));
    expect(await screen.findByTestId("round-adopt-moves")).toHaveTextContent("1,234,567.00");
    expect(await goal(), "only looked at").toBe(person?.goal);
    await user.click(screen.getByTestId("round-adopt-apply"));
    const undo = await screen.findByTestId("change-undo");
    expect(last<AdoptGoals>(fake, "adopt_goals")).toMatchObject({ preview: false, above: "grow" });
    expect(await goal()).toBe("1234567.00");
    await user.click(undo);
    await waitFor(async () => expect(await goal()).toBe(person?.goal));
  }, 60_000);

  it("publishes after being asked, and comments", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await opened(fake);
    const root = (await view(fake)).rows[0];
    await user.click(await screen.findByTestId("round-publish"));
    expect(last(fake, "publish_goal")).toBeUndefined();
    await user.click(await screen.findByTestId("round-publish-ok"));
    expect(await screen.findByTestId("confirm-counts")).toHaveTextContent("已确认 0");
    await user.click(screen.getByTestId(`round-comments-${root?.unit}`));
    await user.type(await screen.findByTestId("round-comment"), "一季度偏高");
    await user.click(screen.getByTestId("round-comment-add"));
    await waitFor(() => expect(within(screen.getByTestId("round-comments")).getByRole("list")).toHaveTextContent("一季度偏高"));
  }, 60_000);
});

describe("a salesperson", () => {
  it("proposes the own number only, and adopts nothing", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS, personal: true });
    await opened(fake);
    await user.type(await screen.findByRole("searchbox"), `${fake.world.people[0]?.name}{Enter}`);
    await user.click(await screen.findByTestId("round-propose-p-1"));
    expect(screen.queryByTestId("round-adjust-p-1")).toBeNull();
    expect(screen.queryByTestId("round-adopt-all")).toBeNull();
    expect(screen.queryByTestId("round-publish")).toBeNull();
    const amount = await screen.findByTestId("round-amount");
    await user.clear(amount);
    await user.type(amount, "-5");
    await user.click(screen.getByTestId("round-save"));
    expect(await screen.findByRole("alert")).toHaveTextContent("不小于零");
    await user.clear(amount);
    await user.type(amount, "900000");
    await user.click(screen.getByTestId("round-save"));
    await waitFor(() => expect(screen.getByTestId("round-row-p-1")).toHaveTextContent("900,000.00"));
    expect(last<ProposeGoal>(fake, "propose_goal").person, "the own number names nobody").toBeUndefined();
  }, 60_000);

  it("confirms exactly the figures shown", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS, personal: true });
    const shown = await fake.call("get_goal_confirmation", YEAR);
    await screen.findByTestId("own-goal");
    expect(screen.queryByTestId("own-confirm"), "not public yet").toBeNull();
    await fake.call("publish_goal", { plan: shown.plan.id });
    await user.click(await screen.findByTestId("own-confirm"));
    await user.click(await screen.findByTestId("own-confirm-ok"));
    await waitFor(() => expect(screen.getByTestId("own-goal")).toHaveTextContent("已确认"));
    expect(last(fake, "confirm_goal")).toMatchObject({ hash: shown.row.hash });
  }, 60_000);
});
