import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { EditGoal } from "../../../backend/generated";
import type { Fake } from "../../../backend/fake";
import { renderApp } from "../../../test/render";

async function open() {
  const user = userEvent.setup();
  const rendered = renderApp({ address: "/goals?year=2026" });
  await screen.findByTestId("goal-table");
  await user.click(await screen.findByTestId("goal-open-all"));
  await screen.findByTestId("goal-row-p-1");
  return { user, ...rendered };
}

const sent = (fake: Fake) => fake.calls.flatMap(({ name, args }) => (name === "edit_goal" ? [args as EditGoal] : []));
const yearOf = (unit: string) => screen.getByTestId(`goal-row-${unit}`).querySelector<HTMLElement>('[data-col="1"]') as HTMLElement;
const number = (element: HTMLElement) => Number((element.textContent ?? "").replaceAll(/[^\d.-]/g, ""));

type User = ReturnType<typeof userEvent.setup>;

/** Opens a change of somebody's year from the menu of the cell. */
async function change(user: User, unit: string, action: string) {
  await user.pointer({ keys: "[MouseRight]", target: yearOf(unit) });
  await user.click(await screen.findByTestId(`goal-act-${action}`));
  return screen.findByTestId("goal-change");
}

describe("a change that is looked at first", () => {
  it("shifts an amount: the preview changes nothing, the button does", async () => {
    const { user, fake } = await open();
    const before = [number(yearOf("p-1")), number(yearOf("p-2")), number(yearOf("u-sh1"))] as const;
    const drawer = await change(user, "p-1", "shift");
    expect(screen.getByTestId("goal-change-apply")).toBeDisabled();
    await user.click(within(drawer).getByRole("combobox", { name: "转入" }));
    await user.click(await screen.findByTitle("李娜 · YF1002 · 上海一组"));
    await user.type(within(drawer).getByRole("textbox", { name: "金额" }), "1,000");
    await user.click(screen.getByTestId("goal-change-preview"));
    const outcome = await screen.findByTestId("goal-change-outcome");
    expect(outcome).toHaveTextContent("−1,000.00");
    expect(outcome).toHaveTextContent("+1,000.00");
    expect(number(yearOf("p-1"))).toBe(before[0]);
    await user.click(screen.getByTestId("goal-change-apply"));
    await waitFor(() => expect(number(yearOf("p-1"))).toBe(before[0] - 1000));
    expect(number(yearOf("p-2"))).toBe(before[1] + 1000);
    expect(number(yearOf("u-sh1"))).toBe(before[2]);
    expect(sent(fake).map(({ preview }) => preview)).toEqual([true, false]);
    await waitFor(() => expect(screen.queryByTestId("goal-change")).toBeNull());
  });

  it("says why it is impossible, and keeps the fields", async () => {
    const { user } = await open();
    const drawer = await change(user, "p-1", "shift");
    await user.click(within(drawer).getByRole("combobox", { name: "转入" }));
    await user.click(await screen.findByTitle("李娜 · YF1002 · 上海一组"));
    await user.type(within(drawer).getByRole("textbox", { name: "金额" }), "99999999");
    await user.click(screen.getByTestId("goal-change-preview"));
    expect(await within(drawer).findByTestId("error-state")).toHaveTextContent("王伟");
    expect(within(drawer).getByRole("textbox", { name: "金额" })).toHaveValue("99999999");
    expect(screen.getByTestId("goal-change-apply")).toBeDisabled();
  });

  it("sends the reason, and nothing of fields left empty", async () => {
    const { user, fake } = await open();
    const drawer = await change(user, "p-1", "copy");
    await user.click(within(drawer).getByRole("combobox", { name: "复制给" }));
    await user.click(await screen.findByTitle("李娜 · YF1002 · 上海一组"));
    await user.click(screen.getByTestId("goal-change-preview"));
    await screen.findByTestId("goal-change-outcome");
    await user.type(within(drawer).getByRole("textbox", { name: "原因（可选）" }), " 换区 ");
    await user.click(screen.getByTestId("goal-change-apply"));
    await waitFor(() => expect(sent(fake)).toHaveLength(2));
    const [look, made] = sent(fake);
    expect(look).not.toHaveProperty("reason");
    expect(made).toMatchObject({ preview: false, reason: "换区" });
    expect(made).not.toHaveProperty("frozen_before");
  });

  it("sends the day before which all stays, and asks for another look", async () => {
    const { user, fake } = await open();
    const drawer = await change(user, "p-1", "copy");
    await user.click(within(drawer).getByRole("combobox", { name: "复制给" }));
    await user.click(await screen.findByTitle("李娜 · YF1002 · 上海一组"));
    await user.click(screen.getByTestId("goal-change-preview"));
    await screen.findByTestId("goal-change-outcome");
    await user.type(within(drawer).getByRole("textbox", { name: "此日之前不变（可选）" }), "2026-07-01{Enter}");
    await waitFor(() => expect(screen.getByTestId("goal-change-apply")).toBeDisabled());
    await user.click(screen.getByTestId("goal-change-preview"));
    await waitFor(() => expect(sent(fake)).toHaveLength(2));
    expect(sent(fake)[1]).toMatchObject({ preview: true, frozen_before: "2026-07-01" });
  });

  it("copies with sums that stay, if that is chosen", async () => {
    const { user, fake } = await open();
    const team = number(yearOf("u-sh1"));
    const drawer = await change(user, "p-1", "copy");
    await user.click(within(drawer).getByRole("combobox", { name: "复制给" }));
    await user.click(await screen.findByTitle("李娜 · YF1002 · 上海一组"));
    await user.click(within(drawer).getByRole("combobox", { name: "上级合计" }));
    await user.click(await screen.findByTitle("不变，由其他单元分担"));
    expect(screen.queryByTitle("不变，由其他周期分担")).toBeNull();
    await user.click(screen.getByTestId("goal-change-preview"));
    await screen.findByTestId("goal-change-outcome");
    expect(sent(fake)[0]).toMatchObject({ edits: [{ kind: "copy", from: "p-1", to: ["p-2"], above: "units" }] });
    await user.click(screen.getByTestId("goal-change-apply"));
    await waitFor(() => expect(number(yearOf("p-2"))).toBe(number(yearOf("p-1"))));
    expect(number(yearOf("u-sh1"))).toBe(team);
  });

  it("copies one's numbers to others", async () => {
    const { user } = await open();
    const drawer = await change(user, "p-1", "copy");
    await user.click(within(drawer).getByRole("combobox", { name: "复制给" }));
    await user.click(await screen.findByTitle("李娜 · YF1002 · 上海一组"));
    await user.click(screen.getByTestId("goal-change-preview"));
    await screen.findByTestId("goal-change-outcome");
    await user.click(screen.getByTestId("goal-change-apply"));
    await waitFor(() => expect(number(yearOf("p-2"))).toBe(number(yearOf("p-1"))));
  });
});

describe("versions", () => {
  /** A second version: the year of a person is revised from tomorrow on. */
  async function revise() {
    const opened = await open();
    const drawer = await change(opened.user, "p-1", "revise");
    const amount = within(drawer).getByRole("textbox", { name: "2026 年全年目标" });
    await opened.user.clear(amount);
    await opened.user.type(amount, "430000");
    await opened.user.click(screen.getByTestId("goal-change-preview"));
    await screen.findByTestId("goal-change-outcome");
    await opened.user.click(screen.getByTestId("goal-change-apply"));
    await waitFor(() => expect(number(yearOf("p-1"))).toBe(430_000));
    return opened;
  }

  it("a revision starts tomorrow by itself and leaves what was before", async () => {
    const { fake } = await revise();
    expect(sent(fake)[0]?.edits).toEqual([{ kind: "revise", unit: "p-1", from: "2026-11-25", amount: "430000", above: "grow" }]);
  });

  it("are compared by unit and level, and an older one is restored after a question", async () => {
    const { user } = await revise();
    await user.click(screen.getByTestId("goal-versions"));
    const compared = await screen.findByTestId("goal-compared");
    expect(await within(compared).findByText("王伟 YF1001")).toBeInTheDocument();
    expect(within(compared).getByText("上海一组")).toBeInTheDocument();
    await user.click(within(screen.getByTestId("drawer-goal-versions")).getByRole("combobox", { name: "层级" }));
    const teams = await screen.findAllByTitle("团队");
    await user.click(teams.find((one) => one.classList.contains("ant-select-item")) as HTMLElement);
    await waitFor(() => expect(within(screen.getByTestId("goal-compared")).queryByText("王伟 YF1001")).toBeNull());
    await user.click(screen.getByTestId("goal-restore-1"));
    await user.click(await screen.findByTestId("goal-restore-confirm"));
    expect(await screen.findByTestId("goal-version-3")).toBeInTheDocument();
    await waitFor(() => expect(number(yearOf("p-1"))).not.toBe(430_000));
  });

  it("say when they were published, by whom, and how many confirmed", async () => {
    const { user, fake } = await open();
    const { plan } = await fake.call("get_goal", { metric: "won_amount", year: 2026 });
    await fake.call("publish_goal", { plan: plan?.id ?? "" });
    const { row } = await fake.call("get_goal_confirmation", { metric: "won_amount", year: 2026, person: "p-1" });
    await fake.call("confirm_goal", { plan: plan?.id ?? "", hash: row.hash, person: "p-1" });
    await user.click(screen.getByTestId("goal-versions"));
    const version = await screen.findByTestId("goal-version-1");
    expect(version).toHaveTextContent(/2026-11-24.*，local/);
    expect(version).toHaveTextContent(/1 \/ \d+/);
  });

  it("a draft with a higher number does not count: it can be restored, the one in force cannot", async () => {
    const { user, fake } = await revise();
    const versions = fake.world.goals.get(2026)?.book?.versions ?? [];
    const last = versions.at(-1);
    if (last) versions.push({ ...last, version: 9, state: "draft" });
    await user.click(screen.getByTestId("goal-versions"));
    expect(await screen.findByTestId("goal-restore-9")).toBeInTheDocument();
    expect(screen.queryByTestId("goal-restore-2")).toBeNull();
    expect(within(screen.getByTestId("goal-version-2")).queryByRole("button", { name: "查看" })).toBeNull();
  }, 60_000);

  it("an older one can be looked at, and cannot be changed", async () => {
    const { user } = await revise();
    await user.click(screen.getByTestId("goal-versions"));
    await user.click(within(await screen.findByTestId("goal-version-1")).getByRole("button", { name: "查看" }));
    expect(await screen.findByText(/正在查看第 1 版/)).toBeInTheDocument();
    await waitFor(() => expect(screen.getByTestId("goal-table")).toHaveAttribute("aria-readonly", "true"));
    await waitFor(() => expect(number(yearOf("p-1"))).not.toBe(430_000));
  });
});
