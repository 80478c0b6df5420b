import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import type { CopyGoalPlan } from "../../backend/generated";
import type { Fake } from "../../backend/fake";
import { renderApp } from "../../test/render";

const sent = (fake: Fake) => fake.calls.flatMap(({ name, args }) => (name === "copy_goal_plan" ? [args as CopyGoalPlan] : []));

async function open() {
  const user = userEvent.setup();
  const rendered = renderApp({ address: "/goals?year=2026" });
  await user.click(await screen.findByTestId("goal-copy-year"));
  const drawer = await screen.findByTestId("goal-copy-year-drawer");
  return { user, drawer, ...rendered };
}

describe("a plan for the next year", () => {
  it("is looked at first, then made, shown, and can be taken back", async () => {
    const { user, drawer, fake, router } = await open();
    expect(screen.getByTestId("goal-copy-year-keep")).toBeDisabled();
    await user.click(screen.getByTestId("goal-copy-year-preview"));
    const outcome = await screen.findByTestId("goal-copy-year-outcome");
    expect(await within(outcome).findByText("王伟 YF1001")).toBeInTheDocument();
    expect(fake.world.goals.has(2027)).toBe(false);
    expect((await axe.run(drawer, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
    await user.click(screen.getByTestId("goal-copy-year-keep"));
    expect(await screen.findByText("已将 2026 年目标复制到 2027 年")).toBeInTheDocument();
    await waitFor(() => expect(router.state.location.search).toMatchObject({ year: "2027" }));
    expect(sent(fake)).toEqual([true, false].map((preview) => ({ metric: "won_amount", from: 2026, to: 2027, amount: { by: "growth", factor: "1.10" }, preview })));
    await user.click(await screen.findByTestId("change-undo"));
    await waitFor(() => expect(fake.world.goals.has(2027)).toBe(false));
  }, 40_000);

  it("takes another amount, and another look after every change of a field", async () => {
    const { user, drawer, fake } = await open();
    await user.click(screen.getByTestId("goal-copy-year-preview"));
    await screen.findByTestId("goal-copy-year-outcome");
    await user.click(within(drawer).getByRole("radio", { name: "另定金额" }));
    expect(screen.queryByTestId("goal-copy-year-outcome")).toBeNull();
    expect(screen.getByTestId("goal-copy-year-preview")).toBeDisabled();
    const size = within(drawer).getByRole("textbox", { name: "公司目标金额" });
    await user.type(size, "-5");
    expect(screen.getByTestId("goal-copy-year-preview")).toBeDisabled();
    await user.clear(size);
    await user.type(size, "2000000.5");
    await user.click(screen.getByTestId("goal-copy-year-preview"));
    expect(await screen.findByTestId("goal-copy-year-outcome")).toHaveTextContent("2,000,000.50");
    expect(sent(fake).at(-1)).toMatchObject({ amount: { by: "amount", amount: "2000000.5" }, preview: true });
  }, 40_000);

  it("says which locks of the other year are in the way, and keeps the fields", async () => {
    const { user, drawer, fake } = await open();
    fake.failNext("copy_goal_plan", "goal_locked", { year: "2027", locks: "王伟 2027" });
    await user.click(screen.getByTestId("goal-copy-year-preview"));
    expect(await within(drawer).findByTestId("error-state")).toHaveTextContent("王伟 2027");
    expect(screen.getByTestId("goal-copy-year-keep")).toBeDisabled();
    expect(within(drawer).getByRole("textbox", { name: "增长率" })).toHaveValue("10");
  }, 40_000);
});
