/** A period from calculating to closing, by several people, in the window. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import axe from "axe-core";
import { beforeAll, describe, expect, it } from "vitest";

import type { Fake } from "../../../backend/fake";
import type { StepBonusCycle } from "../../../backend/generated";
import { brought, dealChanged, house, PERIOD, signedInAs, step, unknownPlan } from "../../../test/bonusHouse";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = `/bonus?period=${PERIOD}`;
const LONG = 60_000;
// The page is loaded when it is first asked for; the tests find it there.
beforeAll(() => import("../page"), LONG);

const quick = () => userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });
const stands = (state: string) => waitFor(() => expect(screen.getByTestId("cycle")).toHaveAttribute("data-state", state));
const lastStep = (fake: Fake) => fake.calls.findLast(({ name }) => name === "step_bonus_cycle")?.args as StepBonusCycle;

/** The window with a period that was brought to a step before it looks at it. */
async function opened(to: Parameters<typeof brought>[1], { address = ADDRESS, me = "周慧敏", ...options }: { address?: string; me?: string; language?: "en" } = {}) {
  const app = renderApp({ address, holds: ["list_bonus_runs", "get_status"], ...options });
  await brought(app.fake, to);
  app.fake.world.accounts.me = `a-${me}`;
  app.fake.release("get_status");
  app.fake.release("list_bonus_runs");
  await screen.findByTestId("cycle");
  return { ...app, user: quick() };
}

describe("the page of a period", () => {
  it("loads under its name, and says why it cannot be read", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_bonus_cycle"] });
    await waits("奖金", () => fake.release("get_bonus_cycle"), () => screen.findByTestId("stepper"));
  }, LONG);

  it("tries again what failed", async () => {
    renderApp({ address: ADDRESS, fails: { get_bonus_cycle: "store_failed" } });
    await recovers(() => screen.findByTestId("stepper"));
  }, LONG);

  it("sends whoever has no accounts to where they are made", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_bonus_runs"] });
    await fake.call("run_bonus", { period: PERIOD, preview: false });
    await step(fake, "submit");
    fake.release("list_bonus_runs");
    await stands("in_review");
    expect(screen.queryByTestId("cycle-approve_hr")).toBeNull();
    expect(screen.getByRole("link", { name: "添加账号" })).toHaveAttribute("href", expect.stringContaining("section=people"));
  }, LONG);

  it("has nothing that stops a reader", async () => {
    await opened("submit");
    await screen.findByTestId("bonus-total");
    const main = document.querySelector("main") ?? document.body;
    expect((await axe.run(main, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  }, LONG);
});

describe("the way of a period", () => {
  it("is handed in, approved over missing teams, approved for pay by somebody else, paid, and closed", async () => {
    const { user, fake } = await opened(null);
    expect(screen.getByTestId("bonus-run")).toBeInTheDocument();
    await user.click(screen.getByTestId("cycle-submit"));
    await user.click(await screen.findByTestId("step-ok"));
    await stands("in_review");
    expect(screen.queryByTestId("bonus-run"), "what is handed in is not calculated again").toBeNull();
    expect(screen.getByTestId("approvals")).toHaveTextContent("团队已批 0/4 人事未批 发放未批");

    await user.click(screen.getByTestId("cycle-approve_hr"));
    expect(await screen.findByTestId("step-missing")).toHaveTextContent("上海一组、杭州组");
    await user.click(screen.getByTestId("step-ok"));
    expect(await screen.findByText("请写明原因。")).toBeInTheDocument();
    await user.type(screen.getByTestId("step-reason"), "负责人休假");
    await user.click(screen.getByTestId("step-ok"));
    await waitFor(() => expect(screen.getByTestId("approvals")).toHaveTextContent("人事已批（周慧敏）"));
    expect(screen.queryByTestId("cycle-approve_pay"), "two eyes are not four").toBeNull();
    expect(screen.getByTestId("cycle-waits")).toHaveTextContent("周慧敏");

    await signedInAs(fake, "林晓");
    await user.click(await screen.findByTestId("cycle-approve_pay"));
    expect(await screen.findByTestId("step-dialog")).toHaveTextContent("¥172,500.00");
    await user.click(screen.getByTestId("step-ok"));
    await stands("approved");
    await user.click(await screen.findByTestId("cycle-pay"));
    await user.click(await screen.findByTestId("step-ok"));
    await stands("paid");
    expect(lastStep(fake), "today, where nothing else is said").toMatchObject({ action: "pay", on: "2026-11-24" });
    await user.click(screen.getByTestId("cycle-close"));
    await user.click(await screen.findByTestId("step-ok"));
    await stands("closed");
    await user.click(screen.getByText("过程"));
    const kinds = within(await screen.findByTestId("timeline")).getAllByRole("listitem").map((one) => one.dataset["kind"]);
    expect(kinds).toEqual(["close", "pay", "approve_pay", "approve_hr", "submit"]);
    expect(screen.getByTestId("timeline")).toHaveTextContent("原因：负责人休假");
  }, 120_000);

  it("shows the newest state with a kind word where somebody was faster, and does nothing twice", async () => {
    const { user, fake } = await opened("submit");
    await user.click(screen.getByTestId("cycle-send_back"));
    await user.type(await screen.findByTestId("step-reason"), "有误");
    fake.world.accounts.me = "a-林晓";
    await step(fake, "approve_hr", { reason: "都看过" });
    fake.world.accounts.me = "a-周慧敏";
    await user.click(screen.getByTestId("step-ok"));
    expect(await screen.findByText(/林晓刚刚完成了一步：人事审批通过/)).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByTestId("step-dialog")).toBeNull());
    expect(fake.world.bonusBook.steps.map(({ kind }) => kind)).toEqual(["submit", "approve_hr"]);
    expect(await screen.findByTestId("cycle-approve_pay"), "the second person goes on from there").toBeInTheDocument();
  }, LONG);

  it("keeps the dialog and what was typed where it was refused for another reason", async () => {
    const { user, fake } = await opened("submit");
    await user.click(screen.getByTestId("cycle-send_back"));
    await user.type(await screen.findByTestId("step-reason"), "有误");
    fake.failNext("step_bonus_cycle", "store_failed", { detail: "disk full" });
    await user.click(screen.getByTestId("step-ok"));
    expect(await within(screen.getByTestId("step-dialog")).findByText(/disk full/)).toBeInTheDocument();
    expect(screen.getByTestId("step-reason")).toHaveValue("有误");
    await user.click(screen.getByTestId("step-ok"));
    await stands("open");
    expect(lastStep(fake)).toMatchObject({ action: "send_back", reason: "有误" });
    expect(screen.getByTestId("bonus-run"), "it is calculated again").toBeInTheDocument();
  }, LONG);

  it("is opened again by somebody else, who reads why", async () => {
    const { user, fake } = await opened("close");
    await user.click(screen.getByTestId("cycle-ask_reopen"));
    await user.click(await screen.findByTestId("step-ok"));
    expect(lastStep(fake).action, "no reason, no request").toBe("close");
    await user.type(screen.getByTestId("step-reason"), "漏算一单");
    await user.click(screen.getByTestId("step-ok"));
    await screen.findByTestId("cycle-refuse_reopen");
    expect(screen.queryByTestId("cycle-reopen")).toBeNull();
    await signedInAs(fake, "林晓");
    await user.click(await screen.findByTestId("cycle-reopen"));
    expect(await screen.findByTestId("step-asked")).toHaveTextContent("周慧敏申请：漏算一单");
    await user.click(screen.getByTestId("step-ok"));
    await stands("open");
  }, LONG);
});

describe("people whose bonus cannot be known", () => {
  it("are held, all or each, before anything is handed in; their pay is in no sum", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_bonus_runs"] });
    const user = quick();
    unknownPlan(fake);
    house(fake);
    await fake.call("run_bonus", { period: PERIOD, preview: false });
    fake.release("list_bonus_runs");
    await user.click(await screen.findByTestId("cycle-submit"));
    await user.click(await screen.findByTestId("step-ok"));
    expect(await screen.findByText(/未能核算的人员须先补齐数据/)).toBeInTheDocument();
    expect(lastStep(fake)).toBeUndefined();
    await user.click(screen.getByTestId("hold-all"));
    await user.click(screen.getByTestId("step-ok"));
    await stands("in_review");
    expect(lastStep(fake).hold).toHaveLength(12);
    expect(screen.getByTestId("cycle-held")).toHaveTextContent("暂缓发放 12 人");
  }, LONG);

  it("can be others too, for a reason; the held open their statements", async () => {
    const { user, fake } = await opened(null);
    await step(fake, "submit", { hold: ["p-4"], reason: "离职手续未办完" });
    await waitFor(() => expect(screen.getByTestId("bonus-held")).toHaveTextContent("¥30,000.00"));
    expect(screen.getByTestId("bonus-total")).toHaveTextContent("¥142,500.00");
    await user.click(screen.getByTestId("flag-held"));
    expect(screen.getAllByTestId(/^statement-p-/).map((row) => row.dataset["row"])).toEqual(["p-4"]);
    await user.click(within(screen.getByTestId("cycle-held")).getByRole("button", { name: "刘洋" }));
    expect(await screen.findByTestId("statement-drawer")).toHaveTextContent("刘洋");
  }, LONG);
});

describe("flags", () => {
  it("filter the statements, show what they are compared with, and open them", async () => {
    const { user } = await opened(null);
    await user.click(await screen.findByTestId("flag-jump"));
    const rows = screen.getAllByTestId(/^statement-p-/);
    expect(rows.map((row) => row.dataset["row"])).toEqual(["p-3", "p-7", "p-9"]);
    expect(screen.getByRole("columnheader", { name: /此前/ })).toBeInTheDocument();
    expect(rows[0]).toHaveTextContent("30,000.00");
    await user.click(rows[0] as HTMLElement);
    expect(await screen.findByTestId("statement-drawer")).toHaveTextContent("张敏");
  }, LONG);
});

describe("a manager", () => {
  it("sees the own team only, and approves it", async () => {
    const { user, fake } = await opened("submit", { me: "许静" });
    expect(screen.getAllByTestId(/^cycle-(?:approve|send|submit)/).map((one) => one.dataset["testid"])).toEqual(["cycle-approve_team"]);
    await user.click(screen.getByText("团队", { selector: ".ant-segmented-item-label" }));
    expect(screen.getAllByTestId(/^team-u-/)).toHaveLength(1);
    await user.click(screen.getByTestId("team-approve-u-sh1"));
    expect(await screen.findByTestId("step-dialog")).toHaveTextContent("上海一组¥67,500.00 · 3 人");
    await user.click(screen.getByTestId("step-ok"));
    await waitFor(() => expect(screen.getByTestId("team-u-sh1")).toHaveTextContent("许静"));
    expect(lastStep(fake)).toMatchObject({ action: "approve_team", unit: "u-sh1" });
    expect(screen.queryByTestId("cycle-approve_team"), "once is enough").toBeNull();
  }, LONG);
});

describe("a salesperson", () => {
  it("sees how far it is and the own statement, and nothing to do", async () => {
    await opened("pay", { me: "王伟" });
    await screen.findByTestId("bonus-total");
    expect(screen.getAllByTestId(/^statement-p-/).map((row) => row.dataset["row"])).toEqual(["p-1"]);
    expect(screen.queryByRole("group", { name: "可办理的步骤" })).toBeNull();
    expect(screen.queryByText("团队", { selector: ".ant-segmented-item-label" })).toBeNull();
    expect(screen.queryByTestId("drift")).toBeNull();
  }, LONG);
});

describe("records that change after payment", () => {
  it("are told with their sum, looked at by person and cause, and settled as adjustments", async () => {
    const { user, fake } = await opened(null);
    await brought(fake, "pay");
    expect(screen.queryByTestId("drift"), "nothing has changed yet").toBeNull();
    dealChanged(fake);
    await signedInAs(fake, "周慧敏");
    expect(await screen.findByTestId("drift")).toHaveTextContent("+¥30,000.00");
    await user.click(screen.getByTestId("drift-look"));
    const row = await screen.findByTestId("restate-p-8");
    expect(row).toHaveTextContent(/黄婷0\.0030,000\.00.*\+30,000\.00/);
    expect(row, "the cause, which the program words").toHaveTextContent(/OPP-.*300,?000\.00/);
    expect(screen.getByTestId("restate")).toHaveTextContent("差额列入2026年第4季度");
    expect(fake.world.bonusBook.adjustments, "only looked at").toHaveLength(0);
    await user.click(screen.getByTestId("restate-make"));
    await waitFor(() => expect(screen.queryByTestId("drift")).toBeNull());
    expect(fake.world.bonusBook.adjustments).toMatchObject([{ person: "p-8", period: "2026-Q4", restated: PERIOD, state: "waiting", amount: { amount: "30000.00" } }]);
    expect(screen.getByTestId("bonus-total"), "what was paid stays").toHaveTextContent("¥172,500.00");
  }, LONG);

  it("says why the changes cannot be worked out, and tries again", async () => {
    const { user, fake } = await opened("pay");
    dealChanged(fake);
    await signedInAs(fake, "周慧敏");
    fake.failNext("restate_bonus", "store_failed", { detail: "disk full" });
    await user.click(await screen.findByTestId("drift-look"));
    await recovers(() => screen.findByTestId("restate-people"));
  }, LONG);
});

describe("calculating", () => {
  it("can be for some people, which is said, and is nothing to hand in", async () => {
    const { user, fake } = await opened(null);
    fake.world.bonusRuns = [];
    await signedInAs(fake, "周慧敏");
    await user.click(screen.getByTestId("bonus-run-more"));
    await user.click(await screen.findByText("选择人员…"));
    expect(screen.getByTestId("some-run")).toBeDisabled();
    await user.click(screen.getByRole("combobox", { name: "人员" }));
    await user.click(await screen.findByTitle("李娜 · YF1002"));
    await user.click(screen.getByTestId("some-run"));
    expect(await screen.findByTestId("run-partial")).toHaveTextContent("只含所选的 1 人。");
    expect(fake.calls.findLast(({ name }) => name === "run_bonus")?.args).toEqual({ period: PERIOD, plan: "attainment-bands", preview: false, people: ["p-2"] });
    expect(screen.getAllByTestId(/^statement-p-/).map((row) => row.dataset["row"])).toEqual(["p-2"]);
    expect(screen.queryByTestId("cycle-submit")).toBeNull();
    await user.click(screen.getByRole("button", { name: "核算全部人员" }));
    expect(await screen.findByTestId("cycle-submit")).toBeInTheDocument();
  }, LONG);

  it("says that it is at it", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByTestId("cycle");
    fake.hold("run_bonus");
    await quick().click(screen.getByTestId("bonus-run"));
    expect(await screen.findByTestId("run-status")).toHaveTextContent("正在核算");
    fake.release("run_bonus");
    await screen.findByTestId("bonus-total");
    expect(screen.queryByTestId("run-status")).toBeNull();
  }, LONG);
});

describe("a long calculation", () => {
  it("shows how far it is, and keeps nothing where it was stopped", async () => {
    const { fake } = renderApp({ address: ADDRESS, stepMs: 60 });
    await screen.findByTestId("cycle");
    await quick().click(screen.getByTestId("bonus-run"));
    expect(await screen.findByTestId("task-progress")).toHaveTextContent(/核算奖金.*\d+ \/ 12/);
    await quick().click(screen.getByTestId("task-cancel"));
    await waitFor(() => expect(screen.queryByTestId("task-progress")).toBeNull());
    expect(screen.queryByTestId("error-state"), "who stops it knows that it stopped").toBeNull();
    expect(fake.world.bonusRuns).toEqual([]);
  }, LONG);
});

it("is read in English", async () => {
  const { user } = await opened("submit", { language: "en" });
  expect(screen.getByTestId("approvals")).toHaveTextContent("Teams approved: 0 of 4 HR open");
  await user.click(screen.getByTestId("cycle-approve_hr"));
  expect(await screen.findByTestId("step-missing")).toHaveTextContent("Teams that have not approved: 上海一组, 杭州组");
  expect(screen.getByTestId("step-dialog")).not.toHaveTextContent("bonus.cycle");
}, LONG);
