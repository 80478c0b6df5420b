import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderApp } from "../../test/render";
import { recovers, waits } from "../../test/states";

const ADDRESS = "/bonus?period=2026-Q3";

describe("the bonus page", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_bonus_runs"] });
    await waits("奖金", () => fake.release("list_bonus_runs"), () => screen.findByTestId("bonus-period"));
  });

  it.each(["list_bonus_runs", "get_bonus_run"] as const)("says why %s failed, and tries again", async (name) => {
    renderApp({ address: ADDRESS, fails: { [name]: "store_failed" } });
    expect(await screen.findByRole("heading", { level: 1, name: "奖金" })).toBeInTheDocument();
    await recovers(() => screen.findByText("2026年第3季度尚未核算"));
  });

  it("keeps nothing of a run that failed, and runs again as asked", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByText("2026年第3季度尚未核算");
    fake.failNext("run_bonus", "store_failed", { detail: "disk full" });
    await userEvent.click(screen.getByTestId("bonus-run"));
    await recovers(() => screen.findByTestId("bonus-total"));
    const runs = fake.calls.filter(({ name }) => name === "run_bonus");
    expect(runs.map(({ args }) => args)).toEqual([
      { period: "2026-Q3", preview: false },
      { period: "2026-Q3", preview: false },
    ]);
  });

  it("says why a statement cannot be read, and tries again", async () => {
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByText("2026年第3季度尚未核算");
    await userEvent.click(screen.getByTestId("bonus-run"));
    const [row] = await screen.findAllByTestId(/^statement-p-/);
    fake.failNext("get_statement", "store_failed", { detail: "disk full" });
    await userEvent.click(row as HTMLElement);
    await recovers(() => screen.findByTestId("step-payout"));
  });
});

describe("the plan", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: "/bonus/plan", holds: ["get_bonus_plan"] });
    await waits("奖金", () => fake.release("get_bonus_plan"), () => screen.findByTestId("plan-tiers"));
  });

  it("says why it cannot be read, and tries again", async () => {
    renderApp({ address: "/bonus/plan", fails: { get_bonus_plan: "store_failed" } });
    expect(await screen.findByTestId("sub-runs")).toBeInTheDocument();
    await recovers(() => screen.findByTestId("plan-tiers"));
  });

  it("says why it cannot be checked, and tries again", async () => {
    renderApp({ address: "/bonus/plan", fails: { check_bonus_plan: "store_failed" } });
    await recovers(() => screen.findByTestId("plan-curve"));
  });
});

describe("a statement", () => {
  it("is read in words and percent; the exact values come by one click, and in the copy", async () => {
    const copied: string[] = [];
    const user = userEvent.setup();
    renderApp({ address: ADDRESS });
    await user.click(await screen.findByTestId("bonus-run"));
    const [row] = await screen.findAllByTestId(/^statement-p-/);
    await user.click(row as HTMLElement);
    const tier = await screen.findByTestId("step-tier");
    expect(tier).toHaveTextContent(/100% < \d+(\.\d+)?%/);
    expect(tier).toHaveTextContent("第 2 档");
    expect(tier).not.toHaveTextContent(/\d\/\d/);
    expect(screen.getByTestId("step-rounding")).not.toHaveTextContent("half_up");
    expect(screen.getByTestId("step-rate")).toHaveTextContent("× 200%");
    expect(tier.querySelector("[title]")?.getAttribute("title")).toMatch(/^精确值 1 < [\d,]+\/[\d,]+$/);

    await user.click(screen.getByTestId("statement-exact"));
    expect(tier).toHaveTextContent(/1 < [\d,]+\/[\d,]+/);
    expect(screen.getByTestId("step-rounding")).toHaveTextContent("half_up");

    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: (text: string) => Promise.resolve(copied.push(text)) } });
    await user.click(screen.getByRole("button", { name: "复制奖金单" }));
    await waitFor(() => expect(copied).toHaveLength(1));
    expect(copied[0]).toMatch(/档位: .*100% < .*\[精确值 1 < /);
  });
});
