import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import type { SplitGoal } from "../../../backend/generated";
import { renderApp } from "../../../test/render";

const ADDRESS = "/goals?year=2026";

async function openBlend(options: Parameters<typeof renderApp>[0] = {}) {
  const user = userEvent.setup();
  const app = renderApp({ address: ADDRESS, ...options });
  await user.click(await screen.findByTestId("goal-split"));
  await user.click(await screen.findByTestId("goal-split-by-blend"));
  const form = await screen.findByTestId("blend-form");
  return { user, form, ...app };
}

async function type(user: ReturnType<typeof userEvent.setup>, testId: string, text: string) {
  const field = await screen.findByTestId(testId);
  await user.clear(field);
  if (text) await user.type(field, text);
}

const asked = (fake: ReturnType<typeof renderApp>["fake"]) => fake.calls.filter(({ name }) => name === "split_goal").map(({ args }) => args as SplitGoal).filter(({ rule }) => rule.by === "blend");

describe("a split by a blend", () => {
  it("totals 100 %, is looked at, kept, and taken back", async () => {
    const { user, form, fake } = await openBlend();
    const before = fake.world.goals.get(2026)?.splitBy;
    await type(user, "blend-share-pipeline", "10");
    expect(screen.getByTestId("blend-total")).toHaveTextContent("110");
    expect(screen.getByTestId("goal-split-preview"), "110 % is no split").toBeDisabled();
    await user.click(screen.getByTestId("blend-balance"));
    expect(screen.getByTestId("blend-total")).toHaveTextContent("100.0%");
    expect(screen.getByTestId("blend-share-pipeline"), "what was set last stays").toHaveValue("10");
    expect((await axe.run(form, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);

    await user.click(screen.getByTestId("goal-split-preview"));
    const moves = await screen.findByTestId("goal-moves-table");
    expect(asked(fake)[0]).toMatchObject({
      preview: true,
      rule: { factors: [{ factor: "history", share: "27/50" }, { factor: "equal", share: "9/25" }, { factor: "pipeline", share: "1/10" }] },
    });
    expect(fake.world.goals.get(2026)?.splitBy, "a preview keeps nothing").toBe(before);
    expect(within(moves).getByTestId("move-u-company"), "the company's goal does not move").toHaveTextContent("4,800,000.004,800,000.000.00");
    expect(await screen.findByTestId("goal-moves-most")).toHaveTextContent(/[+−]/);

    await user.click(screen.getByTestId("goal-split-keep"));
    await user.click(await screen.findByTestId("change-undo"));
    await screen.findByText(/已撤销/);
    expect(fake.world.goals.get(2026)?.splitBy).toBe(before);
  }, 60_000);

  it("says a refusal beside the field that it is about", async () => {
    const { user, fake } = await openBlend();
    await type(user, "blend-cap", "10");
    await user.click(screen.getByTestId("goal-split-preview"));
    const wrong = await screen.findByTestId("blend-wrong-cap");
    expect(wrong).toHaveAttribute("data-code", "goal_caps_bind");
    expect(wrong).toHaveTextContent("增长上限");
    expect(screen.queryByTestId("error-state"), "and nowhere else").toBeNull();
    await type(user, "blend-cap", "");
    expect(screen.queryByTestId("blend-wrong-cap")).toBeNull();
    fake.failNext("split_goal", "store_failed", { detail: "disk full" });
    await user.click(screen.getByTestId("goal-split-preview"));
    expect(await screen.findByTestId("error-state")).toHaveTextContent("disk full");
  }, 60_000);

  it("asks for markets, segments and weights only where they have a share", async () => {
    const { user, form } = await openBlend();
    expect(within(form).queryByTestId("blend-markets")).toBeNull();
    await type(user, "blend-share-market", "20");
    const markets = within(form).getByTestId("blend-markets");
    expect(await screen.findByTestId("blend-wrong-markets")).toHaveTextContent("至少添加一行");
    await user.click(within(markets).getByTestId("blend-add-markets"));
    await user.type(within(markets).getByRole("textbox", { name: "地区，第 1 行" }), "华东");
    await user.type(within(markets).getByRole("textbox", { name: /^潜力.*第 1 行/ }), "500000");
    expect(screen.queryByTestId("blend-wrong-markets")).toBeNull();
    expect(within(form).queryAllByRole("textbox", { name: /^\S+ 的权重$/ })).toEqual([]);
    await type(user, "blend-share-own", "20");
    expect(within(form).queryAllByRole("textbox", { name: /^\S+ 的权重$/ }).length).toBe(12);
  }, 60_000);
});
