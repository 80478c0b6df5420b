import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { FakeSheet } from "../../../backend/fake/goalSheets";
import { renderApp } from "../../../test/render";

async function open(sheet?: FakeSheet | null) {
  const user = userEvent.setup();
  const rendered = renderApp({ address: "/goals?year=2026" });
  if (sheet !== undefined) rendered.fake.world.goalSheet = sheet;
  // The first page of a run loads its parts.
  await screen.findByTestId("goal-table", {}, { timeout: 20_000 });
  await user.click(await screen.findByTestId("goal-open-all"));
  await screen.findByTestId("goal-row-p-1");
  return { user, ...rendered };
}

const yearOf = (unit: string) => screen.getByTestId(`goal-row-${unit}`).querySelector<HTMLElement>('[data-col="1"]')?.textContent;

describe("a goal and Excel", () => {
  it("goes out to where the person chooses", async () => {
    const { user, fake } = await open();
    await user.click(screen.getByTestId("goal-excel-export"));
    expect(await screen.findByText(/已写入 2026年度目标\.xlsx/)).toBeInTheDocument();
    expect(fake.calls.find(({ name }) => name === "export_goal_sheet")?.args).toEqual({ metric: "won_amount", year: 2026, language: "zh-CN" });
  }, 40_000);

  it("comes back after a look at what it moves, and can be taken back", async () => {
    const { user } = await open();
    const before = yearOf("p-1");
    await user.click(screen.getByTestId("goal-excel-import"));
    const outcome = await screen.findByTestId("goal-excel-outcome");
    expect(within(outcome).getByText("王伟 YF1001")).toBeInTheDocument();
    expect(yearOf("p-1")).toBe(before);
    await user.click(screen.getByTestId("goal-excel-apply"));
    await waitFor(() => expect(yearOf("p-1")).not.toBe(before));
    expect(screen.queryByTestId("goal-excel-drawer")).toBeNull();
    await user.click(await screen.findByTestId("change-undo"));
    await waitFor(() => expect(yearOf("p-1")).toBe(before));
  }, 40_000);

  it("names rows with only some months, and keeps what begins before a day", async () => {
    const note = { code: "goal_sheet_partial", params: { line: "5", name: "王伟", filled: "1", of: "12", months: "2026-02, 2026-03" } };
    const edits = [{ kind: "set" as const, unit: "p-1", period: "2026-01", amount: "250000.00", above: "grow" as const }];
    const { user, fake } = await open({ file: "part.xlsx", mismatches: [], edits, notes: [note] });
    await user.click(screen.getByTestId("goal-excel-import"));
    const drawer = await screen.findByTestId("goal-excel-drawer");
    expect(drawer).toHaveTextContent("第 5 行（“王伟”）只填了 12 个月中的 1 个");
    await user.type(within(drawer).getByRole("textbox", { name: "此日之前不变（可选）" }), "2026-01-01{Enter}");
    const sent = () => fake.calls.filter(({ name }) => name === "import_goal_sheet").map(({ args }) => args);
    await waitFor(() => expect(sent()[0]).toMatchObject({ frozen_before: "2026-01-01", preview: true }));
    await user.click(await screen.findByTestId("goal-excel-apply"));
    await waitFor(() => expect(sent()[1]).toMatchObject({ frozen_before: "2026-01-01" }));
    expect(sent()[1]).not.toHaveProperty("preview");
  }, 40_000);

  it("lists sums that do not close with their lines, and offers nothing to import", async () => {
    const mismatch = { line: 7, name: "上海一组", period: "2026-03", written: "100.00", sum: "101.00" };
    const { user } = await open({ file: "bad.xlsx", mismatches: [mismatch], edits: [] });
    await user.click(screen.getByTestId("goal-excel-import"));
    const listed = await screen.findByTestId("goal-excel-mismatches");
    for (const text of ["7", "上海一组", "100.00", "101.00"]) expect(within(listed).getByText(text)).toBeInTheDocument();
    expect(screen.queryByTestId("goal-excel-apply")).toBeNull();
  }, 40_000);

  it("says where a file cannot be read, and when it says nothing new; a closed dialog shows nothing", async () => {
    const { user, fake } = await open(null);
    await user.click(screen.getByTestId("goal-excel-import"));
    await waitFor(() => expect(fake.calls.some(({ name }) => name === "pick_goal_sheet")).toBe(true));
    expect(screen.queryByTestId("goal-excel-drawer")).toBeNull();
    fake.failNext("pick_goal_sheet", "goal_sheet", { file: "x.xlsx", line: "4", problem: "unknown", value: "A9" });
    await user.click(screen.getByTestId("goal-excel-import"));
    const drawer = await screen.findByTestId("goal-excel-drawer");
    expect(drawer).toHaveTextContent("A9");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("goal-excel-drawer")).toBeNull());
    fake.world.goalSheet = { file: "same.xlsx", mismatches: [], edits: [] };
    await user.click(screen.getByTestId("goal-excel-import"));
    expect(await screen.findByTestId("goal-excel-same")).toHaveTextContent("same.xlsx");
  }, 40_000);
});
