import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import type { GoalWhy, GoalWhyPart } from "../../backend/generated";
import { renderPart } from "../../test/render";
import { GoalWhyDrawer } from "./GoalWhyDrawer";
import { changeOf, ratioOf, waterfall, weightText } from "./why";

const part = (source: string, amount: string): GoalWhyPart => ({ source, amount, weight: null, of: null, pot: null });

describe("the waterfall", () => {
  it("ends where the goal does, and says where it does not", () => {
    const parts = [part("history", "80.00"), part("growth_cap", "-30.00"), part("from_others", "0.01")];
    const shape = waterfall({ parts, goal: "50.01" });
    expect([shape.sum, shape.closes]).toEqual(["50.01", true]);
    expect(shape.steps.map(({ from, to }) => [Math.round(from), Math.round(to)])).toEqual([[0, 100], [100, 63], [63, 63]]);
    expect(waterfall({ parts, goal: "50.00" }).closes, "a cent is a difference").toBe(false);
    expect(waterfall({ parts: [], goal: "0.00" }).sum).toBe("0");
  });

  it("reads weights: amounts in major units, the others as they are", () => {
    expect(weightText("history", "123456", "10.00")).toBe("1234.56");
    expect(weightText("history", "500", "10")).toBe("500");
    expect(weightText("equal", "241/3", "10.00")).toBe("80.33");
    expect(ratioOf("1/2", "2")).toBe("1/4");
    expect(ratioOf("1", "0")).toBeNull();
    expect(changeOf("23/20")).toBe("3/20");
  });
});

it("says why a person's goal of a blend is what it is, adding up to it", async () => {
  const { fake } = renderPart(<GoalWhyDrawer unit="p-1" year={2026} metric="won_amount" onClose={() => undefined} />);
  await screen.findByText(/没有可列出的构成/);
  await fake.call("split_goal", {
    metric: "won_amount",
    year: 2026,
    preview: false,
    rule: { by: "blend", factors: [{ factor: "history", share: "3/5" }, { factor: "equal", share: "2/5" }], years: 1, no_ramp: false, people: {}, markets: [], segments: {}, round: [], time: { by: "seasons" } },
  });
  const table = await screen.findByTestId("goal-why-parts");
  const why: GoalWhy = await fake.call("get_goal_why", { metric: "won_amount", year: 2026, unit: "p-1" });
  expect(within(table).getByRole("row", { name: /按历史业绩/ })).toHaveTextContent(/权重 .*，共 .*%.*分配/);
  expect(within(table).getByTestId("goal-why-sum")).toHaveTextContent(Number(why.goal).toLocaleString("en", { minimumFractionDigits: 2 }));
  expect(within(table).getByText("各部分之和等于目标")).toBeInTheDocument();
  expect((await axe.run(screen.getByTestId("goal-why"), { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
});
