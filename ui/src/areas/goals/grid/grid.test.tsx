import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import type { EditGoal, GetGoalGrid } from "../../../backend/generated";
import type { Fake } from "../../../backend/fake";
import { renderApp } from "../../../test/render";

const ADDRESS = "/goals?year=2026&columns=months";

/** The table with everybody in it. */
async function openAll(address = ADDRESS) {
  const user = userEvent.setup();
  const rendered = renderApp({ address });
  await screen.findByTestId("goal-table");
  await user.click(await screen.findByTestId("goal-open-all"));
  await screen.findByTestId("goal-row-p-1");
  return { user, ...rendered };
}

/** The cell of somebody in the column of a period, by its place: name 0, year 1, first quarter 4, January 5. */
function cell(unit: string, col: number): HTMLElement {
  const found = screen.getByTestId(`goal-row-${unit}`).querySelector<HTMLElement>(`[data-col="${col}"]`);
  if (!found) throw new Error(`no cell ${unit} ${col}`);
  return found;
}

const [YEAR, QUARTER, JANUARY, FEBRUARY] = [1, 4, 5, 6];

const sent = (fake: Fake) => fake.calls.flatMap(({ name, args }) => (name === "edit_goal" ? [args as EditGoal] : []));
const number = (element: HTMLElement) => Number((element.textContent ?? "").replaceAll(/[^\d.-]/g, ""));

describe("the tree", () => {
  it("opens and closes a unit by its button and by keys", async () => {
    const user = userEvent.setup();
    renderApp({ address: ADDRESS });
    const team = await screen.findByTestId("goal-row-u-sh1");
    expect(team).toHaveAttribute("aria-expanded", "false");
    expect(team).toHaveAttribute("aria-level", "3");
    await user.click(within(team).getByRole("button", { name: "展开 上海一组" }));
    expect(await screen.findByTestId("goal-row-p-1")).toHaveAttribute("aria-level", "4");
    cell("u-sh1", 0).focus();
    await user.click(cell("u-sh1", YEAR));
    await user.keyboard("{ArrowLeft}{ArrowLeft}");
    await waitFor(() => expect(screen.queryByTestId("goal-row-p-1")).toBeNull());
    await user.keyboard("{ArrowRight}");
    expect(await screen.findByTestId("goal-row-p-1")).toBeInTheDocument();
  });

  it("moves by keys from the first cell to a person's month, and says where it is", async () => {
    const { user } = await openAll();
    await user.click(cell("u-company", QUARTER));
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowRight}");
    await waitFor(() => expect(cell("p-1", JANUARY)).toHaveFocus());
    expect(screen.getByText(/^王伟 · 2026年1月/)).toBeInTheDocument();
  });

  it("finds somebody by staff number, with the units above", async () => {
    const { user } = await openAll();
    await user.type(screen.getByTestId("goal-search"), "YF1005");
    await waitFor(() => expect(screen.queryByTestId("goal-row-p-1")).toBeNull());
    expect(screen.getByTestId("goal-row-p-5")).toBeInTheDocument();
    expect(screen.getByTestId("goal-row-u-hz")).toBeInTheDocument();
  });

  it("asks for windows of rows, never for all", async () => {
    const { fake } = await openAll();
    const asked = fake.calls.flatMap(({ name, args }) => (name === "get_goal_grid" ? [args as GetGoalGrid] : []));
    expect(asked.length).toBeGreaterThan(0);
    for (const { limit } of asked) expect(limit).toBeLessThanOrEqual(200);
  });

  it("is a treegrid whose headers span what is below them, without findings of axe", async () => {
    await openAll();
    const table = screen.getByRole("treegrid", { name: /2026/ });
    expect(within(table).getByRole("columnheader", { name: "第1季度" })).toHaveAttribute("aria-colspan", "4");
    const found = await axe.run(table, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe("a cell", () => {
  it("is changed by typing, says what moved, and Undo puts it back", async () => {
    const { user, fake } = await openAll();
    const before = number(cell("p-1", JANUARY));
    const team = number(cell("u-sh1", JANUARY));
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("50000{Enter}");
    expect(await screen.findByTestId("goal-result")).toHaveTextContent("王伟");
    expect(sent(fake)[0]?.edits).toEqual([{ kind: "set", unit: "p-1", period: "2026-01", amount: "50000", above: "grow" }]);
    await waitFor(() => expect(number(cell("p-1", JANUARY))).toBe(50_000));
    expect(number(cell("u-sh1", JANUARY))).toBeCloseTo(team + 50_000 - before, 2);
    await waitFor(() => expect(cell("p-2", JANUARY)).toHaveFocus());
    await user.click(screen.getByTestId("goal-undo"));
    await waitFor(() => expect(number(cell("p-1", JANUARY))).toBe(before));
    expect(screen.queryByTestId("goal-result")).toBeNull();
  });

  it("is taken back by Ctrl+Z and done again by Ctrl+Y", async () => {
    const { user } = await openAll();
    const before = number(cell("p-1", JANUARY));
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("50000{Enter}");
    await screen.findByTestId("goal-result");
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(number(cell("p-1", JANUARY))).toBe(before));
    await waitFor(() => expect(screen.queryByTestId("goal-result")).toBeNull());
    await user.keyboard("{Control>}y{/Control}");
    await waitFor(() => expect(number(cell("p-1", JANUARY))).toBe(50_000));
  });

  it("moves what is chosen above", async () => {
    const { user, fake } = await openAll();
    const year = number(cell("p-1", YEAR));
    await user.click(screen.getByRole("combobox", { name: "上级合计" }));
    await user.click(await screen.findByText("不变，由其他周期分担"));
    await user.dblClick(cell("p-1", JANUARY));
    await user.keyboard("{Control>}a{/Control}20000{Tab}");
    await screen.findByTestId("goal-result");
    expect(sent(fake)[0]?.edits[0]).toMatchObject({ above: "periods" });
    await waitFor(() => expect(number(cell("p-1", JANUARY))).toBe(20_000));
    expect(number(cell("p-1", YEAR))).toBe(year);
    await waitFor(() => expect(cell("p-1", FEBRUARY)).toHaveFocus());
  });

  it("keeps its number when Escape leaves it", async () => {
    const { user, fake } = await openAll();
    const before = number(cell("p-1", JANUARY));
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("9{Escape}");
    await waitFor(() => expect(cell("p-1", JANUARY)).toHaveFocus());
    expect(number(cell("p-1", JANUARY))).toBe(before);
    expect(sent(fake)).toEqual([]);
  });

  it("marks a text that is no amount in place, sends nothing, and keeps it when it is left", async () => {
    const { user, fake } = await openAll();
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("12o{Enter}");
    expect(await screen.findByTestId("grid-wrong")).toHaveTextContent("不是有效金额");
    expect(screen.getByTestId("grid-editor")).toHaveAttribute("aria-invalid", "true");
    await user.click(cell("p-3", FEBRUARY));
    expect(cell("p-1", JANUARY)).toHaveTextContent("12o");
    expect(cell("p-1", JANUARY)).toHaveAttribute("aria-invalid", "true");
    expect(screen.getByTestId("goal-problems")).toHaveTextContent("不是有效金额");
    expect(sent(fake)).toEqual([]);
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("goal-problems")).toBeNull());
  });

  it("keeps what was typed when it is refused, and the reason names the lock in the way", async () => {
    const { user } = await openAll();
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("l");
    await waitFor(() => expect(cell("p-1", JANUARY)).toHaveTextContent("已锁定"));
    await user.keyboard("1234{Enter}");
    const problems = await screen.findByTestId("goal-problems");
    expect(problems).toHaveTextContent("王伟 2026-01");
    expect(cell("p-1", JANUARY)).toHaveTextContent("1234");
    // Enter again goes on with the text.
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("grid-editor")).toHaveValue("1234");
    await user.keyboard("{Escape}");
    await user.click(screen.getByTestId("goal-forget"));
    expect(cell("p-1", JANUARY)).not.toHaveTextContent("1234");
  });
});

describe("a block", () => {
  it("from Excel becomes one change with a set for each cell", async () => {
    const { user, fake } = await openAll();
    await user.click(cell("p-1", JANUARY));
    await user.paste("11,000\t12000\r\n21000\t22000.50\r\n");
    await screen.findByTestId("goal-result");
    expect(sent(fake)).toHaveLength(1);
    expect(sent(fake)[0]?.edits.map((edit) => (edit.kind === "set" ? `${edit.unit} ${edit.period} ${edit.amount}` : edit.kind))).toEqual([
      "p-1 2026-01 11000",
      "p-1 2026-02 12000",
      "p-2 2026-01 21000",
      "p-2 2026-02 22000.50",
    ]);
    await waitFor(() => expect(number(cell("p-2", FEBRUARY))).toBe(22_000.5));
  });

  it("is what was pasted also where other people absorb it, and holds nothing afterwards", async () => {
    const { user, fake } = await openAll();
    await user.click(screen.getByRole("combobox", { name: "上级合计" }));
    await user.click(await screen.findByText("不变，由其他单元分担"));
    await user.click(cell("p-1", JANUARY));
    await user.paste("11,000\n12,000\n");
    await screen.findByTestId("goal-result");
    await waitFor(() => expect(number(cell("p-2", JANUARY))).toBe(12_000));
    expect(number(cell("p-1", JANUARY))).toBe(11_000);
    expect(sent(fake)).toHaveLength(1);
    expect(cell("p-1", JANUARY)).not.toHaveTextContent("已锁定");
  }, 60_000);

  it("with a wrong text changes nothing and marks it; what does not fit is said", async () => {
    const { user, fake } = await openAll();
    await user.click(cell("p-1", JANUARY));
    await user.paste("1\tzwei");
    expect(await screen.findByTestId("goal-problems")).toHaveTextContent("不是有效金额");
    expect(cell("p-1", FEBRUARY)).toHaveTextContent("zwei");
    await user.click(screen.getByTestId("goal-forget"));
    await user.click(cell("p-12", JANUARY));
    await user.paste("1\n2");
    expect(await screen.findByText(/超出表格范围/)).toBeInTheDocument();
    expect(sent(fake)).toEqual([]);
  });

  it("is copied as tab-separated lines", async () => {
    const { user } = await openAll();
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("{Shift>}{ArrowRight}{ArrowDown}{/Shift}");
    await waitFor(() => expect(cell("p-2", FEBRUARY)).toHaveAttribute("aria-selected", "true"));
    let copied = "";
    fireEvent.copy(cell("p-2", FEBRUARY), { clipboardData: { setData: (_: string, text: string) => void (copied = text) } });
    expect(copied.split("\n").map((line) => line.split("\t").map(Number))).toEqual([
      [number(cell("p-1", JANUARY)), number(cell("p-1", FEBRUARY))],
      [number(cell("p-2", JANUARY)), number(cell("p-2", FEBRUARY))],
    ]);
  });

  it("is locked and unlocked by L, and marked on what it is part of", async () => {
    const { user, fake } = await openAll();
    await user.click(cell("p-1", JANUARY));
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    await user.keyboard("l");
    await waitFor(() => expect(cell("p-2", JANUARY)).toHaveTextContent("已锁定"));
    expect(sent(fake)[0]?.edits.map(({ kind }) => kind)).toEqual(["lock", "lock"]);
    expect(cell("u-sh1", JANUARY)).toHaveTextContent("部分锁定");
    await user.keyboard("l");
    await waitFor(() => expect(cell("p-1", JANUARY)).not.toHaveTextContent("锁定"));
  });
});
