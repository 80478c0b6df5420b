import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderApp } from "../../test/render";
import { recovers, waits } from "../../test/states";

const ADDRESS = "/goals?year=2026";

describe("the goals page", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_goal"] });
    await waits("目标", () => fake.release("get_goal"), () => screen.findByTestId("goal-table"));
  });

  it("says why the goal cannot be read, and tries again", async () => {
    renderApp({ address: ADDRESS, fails: { get_goal: "store_failed" } });
    await recovers(() => screen.findByTestId("goal-table"));
  });

  it("says why the years cannot be read; until then nothing can be split", async () => {
    renderApp({ address: ADDRESS, fails: { get_goal_years: "store_failed" } });
    expect(await screen.findByTestId("goal-split")).toBeDisabled();
    await recovers(async () => expect(await screen.findByTestId("goal-split")).toBeEnabled());
  });

  it("says why the weeks cannot be read, and tries again", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    const table = await screen.findByTestId("goal-table");
    fake.failNext("get_goal_weeks", "store_failed", { detail: "disk full" });
    await userEvent.click(within(table).getByTestId("goal-row-u-company"));
    await recovers(() => screen.findAllByText("1周"));
  });
});

describe("own weights", () => {
  async function openWeights() {
    await userEvent.click(await screen.findByTestId("goal-split"));
    await userEvent.click(await screen.findByTestId("goal-split-by-weights"));
  }

  it("are asked for the people that the split counts, also for one who has left since", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    const left = fake.world.people[2];
    if (left) left.left = true;
    await openWeights();
    const weight = await screen.findByRole("textbox", { name: `${left?.name} 的权重` });
    await userEvent.clear(weight);
    await userEvent.type(weight, "3");
    await userEvent.click(screen.getByTestId("goal-split-preview"));
    await screen.findByTestId("goal-split-outcome");
    const asked = fake.calls.filter(({ name }) => name === "split_goal").at(-1)?.args as { rule: { weights: Record<string, string> } };
    const counted = fake.world.people.map(({ id }) => id);
    expect(Object.keys(asked.rule.weights).toSorted()).toEqual(counted.toSorted());
    expect(asked.rule.weights[left?.id ?? ""]).toBe("3");
  });

  it("says why the people cannot be listed, and tries again", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByTestId("goal-table");
    fake.failNext("split_goal", "store_failed", { detail: "disk full" });
    await openWeights();
    await recovers(() => screen.findAllByRole("textbox", { name: /的权重$/ }));
  });
});
