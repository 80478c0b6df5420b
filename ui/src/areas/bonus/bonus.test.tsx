import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderApp } from "../../test/render";
import { recovers, waits } from "../../test/states";
import { quarterOf } from "./quarter";

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

describe("the quarter", () => {
  it("is the top bar's, also one without data, and choosing another moves the top bar", async () => {
    const user = userEvent.setup();
    const { router } = renderApp({ address: "/bonus?period=2019-Q2" });
    expect(await screen.findByText("2019年第2季度尚未核算")).toBeInTheDocument();
    expect(screen.getByText("这个季度没有业绩数据，也没有目标。")).toBeInTheDocument();
    expect(screen.queryByTestId("bonus-other-period")).toBeNull();
    await user.click(screen.getByRole("combobox", { name: "季度" }));
    await user.click(await screen.findByTitle("2026年第1季度"));
    await waitFor(() => expect(router.state.location.search).toEqual({ period: "2026-Q1" }));
    expect(await screen.findByText("2026年第1季度尚未核算")).toBeInTheDocument();
  });

  it("is named where the top bar's period is none", async () => {
    renderApp({ address: "/bonus?period=2025" });
    expect(await screen.findByTestId("bonus-other-period")).toHaveTextContent("所选的2025年不是一个季度，这里是2025年第4季度");
  });

  it("is the last known one of a year, else the one that holds the last day", () => {
    const known = ["2026-Q3", "2026-Q2", "2025-Q4"];
    expect(quarterOf("2026-Q1", known)).toBe("2026-Q1");
    expect(quarterOf("2026", known)).toBe("2026-Q3");
    expect(quarterOf("2019", known)).toBe("2019-Q4");
    expect(quarterOf("2026-05", known)).toBe("2026-Q2");
    expect(quarterOf("2026-W14", known), "30 March to 5 April").toBe("2026-Q2");
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

  it("keeps what was typed when the page is left, until it is discarded or saved", async () => {
    const user = userEvent.setup();
    const { router } = renderApp({ address: "/bonus/plan" });
    await user.type(await screen.findByTestId("tier-0-pays_percent"), "5");
    expect(screen.queryByTestId("plan-draft"), "what is being typed is in sight").toBeNull();
    await user.click(screen.getByTestId("nav-data"));
    await screen.findByTestId("undo-b-1");
    void router.navigate({ to: "/bonus/plan" });
    expect(await screen.findByTestId("tier-0-pays_percent")).toHaveValue("505");
    expect(screen.getByTestId("plan-draft")).toHaveTextContent("尚未保存");
    await user.click(screen.getByRole("button", { name: "放弃修改" }));
    expect(screen.getByTestId("tier-0-pays_percent")).toHaveValue("50");
    expect(screen.queryByTestId("plan-draft")).toBeNull();
    await user.type(screen.getByRole("textbox", { name: /英文/ }), " 2027");
    await user.click(screen.getByTestId("plan-save"));
    await waitFor(() => expect(screen.getByTestId("plan-save")).toBeDisabled());
    expect(screen.getByRole("textbox", { name: /英文/ })).toHaveValue("Quarterly bonus 2027");
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
    const { fake } = renderApp({ address: ADDRESS });
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
    expect(fake.calls.some(({ name }) => name === "copy_statement"), "the audit log has it").toBe(true);

    fake.failNext("copy_statement", "store_failed", { detail: "disk full" });
    await user.click(screen.getByRole("button", { name: "复制奖金单" }));
    await waitFor(() => expect(fake.calls.filter(({ name }) => name === "copy_statement")).toHaveLength(2));
    await screen.findByText(/disk full/);
    expect(copied, "what cannot be recorded does not leave").toHaveLength(1);
  });
});
