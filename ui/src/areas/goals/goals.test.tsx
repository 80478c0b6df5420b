import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { FakePerson } from "../../backend/fake/company";
import { renderApp, renderPart } from "../../test/render";
import { recovers, waits } from "../../test/states";
import { ClosureBadge } from "./ClosureBadge";

const ADDRESS = "/goals?year=2026";

describe("the goals page", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_goal_grid"] });
    await waits("目标", () => fake.release("get_goal_grid"), () => screen.findByTestId("goal-table"));
  });

  it("says why the goal cannot be read, and tries again", async () => {
    renderApp({ address: ADDRESS, fails: { get_goal_grid: "store_failed" } });
    await recovers(() => screen.findByTestId("goal-table"));
  });

  it("shows the table also while what needs all of the goal is missing, and says why it is", async () => {
    renderApp({ address: ADDRESS, fails: { get_goal: "store_failed" } });
    expect(await screen.findByTestId("goal-table")).toBeInTheDocument();
    await recovers(() => screen.findByTestId("goal-closure"));
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
    await userEvent.click(await within(table).findByText("云帆科技有限公司"));
    await recovers(() => screen.findAllByText("第1周"));
  });
});

describe("a chosen unit", () => {
  it("is what the strip above its tree speaks of", async () => {
    renderApp({ address: `${ADDRESS}&unit=u-sh1` });
    const label = await screen.findByText(/的目标$/);
    const table = await screen.findByTestId("goal-table");
    const row = await within(table).findByTestId("goal-row-u-sh1");
    expect(row).toHaveTextContent(label.textContent?.replace(/的目标$/, "") ?? "?");
    const total = screen.getByTestId("goal-total").textContent?.replace("¥", "") ?? "?";
    expect(row).toHaveTextContent(total);
    expect(screen.getByText("公司目标"), "the company's stays in sight").toBeInTheDocument();
  });
});

/** HR sets goals here: of two people of one name it has to be seen whose goal is whose. */
it("tells two people of one name apart by their staff numbers, and nobody else", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: ADDRESS, holds: ["get_goal", "get_goal_grid"] });
  const [first, second, third] = fake.world.people as [FakePerson, FakePerson, FakePerson];
  second.name = first.name;
  fake.release("get_goal");
  fake.release("get_goal_grid");
  const table = await screen.findByTestId("goal-table");
  await user.click(screen.getByTestId("goal-open-all"));
  expect(await within(table).findByTestId(`goal-row-${first.id}`)).toHaveTextContent(`${first.name}${first.staff}`);
  expect(within(table).getByTestId(`goal-row-${second.id}`)).toHaveTextContent(`${first.name}${second.staff}`);
  expect(within(table).getByTestId(`goal-row-${third.id}`)).not.toHaveTextContent(third.staff);
  await user.click(within(within(table).getByTestId(`goal-row-${second.id}`)).getByText(second.name));
  expect(await screen.findByText(new RegExp(`${first.name} ${second.staff}.*2026`))).toBeInTheDocument();
});

it("a goal that is not split says so instead of agreeing with itself", async () => {
  renderPart(<ClosureBadge closure={{ checked: 0, gaps: [] }} />);
  expect(await screen.findByTestId("goal-closure")).toHaveTextContent("尚未分解");
});

it("the drawer of weeks gives the focus back to its row", async () => {
  const user = userEvent.setup();
  renderApp({ address: ADDRESS });
  const row = await within(await screen.findByTestId("goal-table")).findByRole("rowheader", { name: /云帆/ });
  row.focus();
  await user.keyboard("{Enter}");
  await screen.findAllByText("第1周");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(row).toHaveFocus());
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

  it("name the person whose weight is wrong", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await openWeights();
    const person = fake.world.people[1];
    const weight = await screen.findByRole("textbox", { name: `${person?.name} 的权重` });
    await userEvent.clear(weight);
    await userEvent.type(weight, "-1");
    expect(await screen.findByText(new RegExp(`${person?.name}.*的权重不是不小于零的数`))).toBeInTheDocument();
  });

  it("says why the people cannot be listed, and tries again", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByTestId("goal-table");
    fake.failNext("split_goal", "store_failed", { detail: "disk full" });
    await openWeights();
    await recovers(() => screen.findAllByRole("textbox", { name: /的权重$/ }));
  });
});

describe("the figure", () => {
  it("goes along from page to page, and every question is of it", async () => {
    const user = userEvent.setup();
    const { fake, router } = renderApp({ address: ADDRESS });
    await screen.findByTestId("goal-table");
    await user.click(within(screen.getByTestId("goal-metric")).getByRole("combobox"));
    await user.click(await screen.findByTitle("回款"));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ figure: "receipts", year: "2026" }));
    expect(await screen.findByText("2026 年还没有目标"), "receipts have no goal yet").toBeInTheDocument();
    fake.calls.length = 0;
    await user.click(screen.getByTestId("sub-goal-progress"));
    await waitFor(() => expect(router.state.location.pathname).toBe("/goals/progress"));
    expect(router.state.location.search).toMatchObject({ figure: "receipts" });
    await waitFor(() => expect(fake.calls.map(({ name }) => name)).toContain("get_goal_progress"), { timeout: 15_000 });
    const asked = fake.calls.filter(({ name }) => name.includes("goal"));
    expect(asked.map(({ args }) => (args as { metric?: string }).metric)).toEqual(asked.map(() => "receipts"));
  });

  it("of things is a whole number without a currency", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&figure=won_count` });
    const field = await screen.findByTestId("goal-amount");
    expect(field.closest(".ant-input-affix-wrapper")).not.toHaveTextContent("¥");
    expect(screen.getByText("2026 年公司目标（赢单数）")).toBeInTheDocument();
    await user.type(field, "500");
    await user.click(screen.getByTestId("goal-set"));
    await waitFor(() => expect(fake.calls).toContainEqual({ name: "set_goal", args: { metric: "won_count", year: 2026, amount: "500" } }));
  });
});
