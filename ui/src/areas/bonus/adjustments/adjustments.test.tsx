/** Adjustments in the window: entered, decided by somebody else, taken back, and what they come from. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";

import type { Fake } from "../../../backend/fake";
import { brought, dealChanged, house, PERIOD } from "../../../test/bonusHouse";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";
import { amountOf } from "./AddDrawer";

const ADDRESS = `/bonus/adjustments?period=${PERIOD}`;
const LONG = 60_000;
// The page is loaded when it is first asked for; the tests find it there.
beforeAll(() => import("./page"), LONG);

const quick = () => userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });

/** The page with two adjustments of 周慧敏, and who looks at them. */
async function listed(me: string, language: "zh-CN" | "en" = "zh-CN") {
  const app = renderApp({ address: ADDRESS, holds: ["get_status", "list_bonus_adjustments"], language });
  house(app.fake);
  await entered(app.fake, "p-2", "1500");
  await entered(app.fake, "p-7", "-320.50");
  app.fake.world.accounts.me = `a-${me}`;
  app.fake.release("get_status");
  app.fake.release("list_bonus_adjustments");
  await screen.findByTestId("adjustments");
  return { ...app, user: quick() };
}

const entered = (fake: Fake, person: string, amount: string) => fake.call("add_bonus_adjustment", { person, period: PERIOD, amount: { amount, currency: "CNY" }, reason: "更正" });
const states = (fake: Fake) => fake.world.bonusBook.adjustments.map(({ state }) => state).toReversed();
const choose = (id: string) => within(screen.getByTestId(`adjustment-${id}`)).getByRole("checkbox");

describe("the page", () => {
  it("loads under its name; empty, it says what belongs here", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_bonus_adjustments"] });
    await waits("奖金", () => fake.release("list_bonus_adjustments"), () => screen.findByText("还没有调整"));
  }, LONG);

  it("says why it cannot be read, and tries again", async () => {
    renderApp({ address: ADDRESS, fails: { list_bonus_adjustments: "store_failed" } });
    await recovers(() => screen.findByText("还没有调整"));
  }, LONG);

  it("filters by state, and sums only what is of one", async () => {
    const { user, fake } = await listed("林晓");
    await fake.call("decide_bonus_adjustments", { adjustments: ["adj-1"], decision: "refused", reason: "重复" });
    await waitFor(() => expect(screen.getByText("已驳回 1")).toBeInTheDocument());
    expect(screen.getByTestId("adjustments")).not.toHaveTextContent("合计");
    await user.click(screen.getByText("待审批 1"));
    expect(screen.getAllByTestId(/^adjustment-adj-/).map((row) => row.dataset["row"])).toEqual(["adj-2"]);
    expect(screen.getByTestId("adjustments")).toHaveTextContent("合计−320.50");
  }, LONG);

  it("is read in English", async () => {
    await listed("林晓", "en");
    expect(screen.getByText("Waiting 2")).toBeInTheDocument();
    expect(screen.getByRole("columnheader", { name: /Amount ¥/ })).toBeInTheDocument();
  }, LONG);
});

describe("entering", () => {
  it("says beside the fields what is missing, and keeps amounts exact", async () => {
    const user = quick();
    const { fake } = renderApp({ address: ADDRESS });
    await user.click(await screen.findByTestId("adjustment-add"));
    await user.click(await screen.findByTestId("adjustment-save"));
    for (const text of ["请选择人员。", "请填写不为零的金额，最多两位小数。", "请写明原因。"]) expect(await screen.findByText(text)).toBeInTheDocument();
    expect(fake.calls.some(({ name }) => name === "add_bonus_adjustment")).toBe(false);
    await user.click(screen.getByRole("combobox", { name: "人员" }));
    await user.click(await screen.findByTitle("李娜 · YF1002"));
    await user.type(screen.getByTestId("adjustment-amount"), "−1,500.05");
    await user.type(screen.getByTestId("adjustment-reason"), "上季多发");
    await user.click(screen.getByTestId("adjustment-save"));
    expect(await screen.findByTestId("adjustment-adj-1")).toHaveTextContent("−1,500.05");
    expect(fake.calls.find(({ name }) => name === "add_bonus_adjustment")?.args).toEqual({ person: "p-2", period: PERIOD, amount: { amount: "-1500.05", currency: "CNY" }, reason: "上季多发" });
  }, LONG);

  it("reads amounts as they are typed, and refuses what is none", () => {
    expect(["1500", "-0.05", "１２.５", "¥1,000.00"].map(amountOf)).toEqual(["1500", "-0.05", "12.5", "1000.00"]);
    expect(["0", "0.00", "-0", "1.005", "", "abc", "1e3"].map(amountOf)).toEqual(Array(7).fill(null));
  });
});

describe("deciding", () => {
  it("is for somebody else: one's own are withdrawn only", async () => {
    const { user, fake } = await listed("周慧敏");
    await user.click(choose("adj-1"));
    expect(screen.getByTestId("adjustments-approve")).toBeDisabled();
    expect(screen.getByTestId("adjustments-chosen")).toHaveTextContent("自己录入的须由另一人审批");
    await user.click(screen.getByTestId("adjustment-adj-1"));
    expect(await screen.findByTestId("adjustment-withdraw")).toBeInTheDocument();
    expect(screen.queryByTestId("adjustment-approve")).toBeNull();
    await user.click(screen.getByTestId("adjustment-withdraw"));
    await user.click(await screen.findByTestId("decide-ok"));
    await waitFor(() => expect(states(fake)).toEqual(["withdrawn", "waiting"]));
  }, LONG);

  it("approves several at once, after their sum was shown", async () => {
    const { user, fake } = await listed("林晓");
    await user.click(choose("adj-1"));
    await user.click(choose("adj-2"));
    await user.click(screen.getByTestId("adjustments-approve"));
    expect((await screen.findByTestId("decide-ok")).closest("[role=dialog]")).toHaveTextContent("批准所选调整，合计 ¥1,179.50？");
    expect(states(fake)).toEqual(["waiting", "waiting"]);
    await user.click(screen.getByTestId("decide-ok"));
    await waitFor(() => expect(states(fake)).toEqual(["approved", "approved"]));
    await waitFor(() => expect(screen.queryByTestId("adjustments-chosen"), "nothing stays chosen").toBeNull());
    const { summary } = await fake.call("get_statement", { period: PERIOD, person: "p-2", preview: false });
    expect(summary.payout.amount, "30,000 of the plan, and the adjustment").toBe("31500.00");
  }, LONG);

  it("refuses with a reason, and says when it did not work", async () => {
    const { user, fake } = await listed("林晓");
    await user.click(choose("adj-2"));
    await user.click(screen.getByTestId("adjustments-refuse"));
    await user.click(await screen.findByTestId("refuse-ok"));
    expect(await screen.findByText("请写明原因。")).toBeInTheDocument();
    await user.type(screen.getByTestId("refuse-reason"), "重复");
    fake.failNext("decide_bonus_adjustments", "store_failed", { detail: "disk full" });
    await user.click(screen.getByTestId("refuse-ok"));
    expect(await screen.findByText(/disk full/)).toBeInTheDocument();
    expect(states(fake)).toEqual(["waiting", "waiting"]);
    await user.click(screen.getByTestId("refuse-ok"));
    await waitFor(() => expect(states(fake)).toEqual(["waiting", "refused"]));
    await user.click(screen.getByTestId("adjustment-adj-2"));
    expect(await screen.findByTestId("adjustment-drawer")).toHaveTextContent("重复");
  }, LONG);
});

it("says of a difference what was recalculated and why, here and in the statement that it leads to", async () => {
  const user = quick();
  const { fake, router } = renderApp({ address: ADDRESS, holds: ["get_status", "list_bonus_adjustments"] });
  await brought(fake, "pay");
  dealChanged(fake);
  await fake.call("restate_bonus", { period: PERIOD, preview: false });
  await fake.call("run_bonus", { period: "2026-Q4", preview: false });
  fake.release("get_status");
  fake.release("list_bonus_adjustments");
  const row = await screen.findByTestId("adjustment-adj-1");
  expect(row).toHaveTextContent("2026年第3季度重新核算的差额");
  await user.click(row);
  expect(await screen.findByTestId("adjustment-causes")).toHaveTextContent(/OPP-.*300,?000\.00/);
  await user.click(screen.getByTestId("adjustment-statement"));
  const sum = await screen.findByTestId("statement-sum");
  expect(router.state.location.search).toMatchObject({ period: "2026-Q4", statement: "p-8" });
  expect(sum).toHaveTextContent(/2026年第3季度重新核算的差额.*300,?000\.00/);
  expect(sum, "it waits for a second person").toHaveTextContent("未经第二人批准，不发放");
}, LONG);
