import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";

import type { FakeOptions } from "../../../backend/fake";
import { renderApp, renderPart } from "../../../test/render";
import { recovers } from "../../../test/states";
import { Calendar } from "./Calendar";

const open = (options: FakeOptions = {}) => renderPart(<Calendar />, "zh-CN", options);

async function choose(user: ReturnType<typeof userEvent.setup>, testId: string, label: string) {
  const select = within(screen.getByTestId(testId)).queryByRole("combobox") ?? screen.getByTestId(testId);
  await user.click(select);
  const options = await screen.findAllByText(label);
  await user.click(options.at(-1) as HTMLElement);
}

describe("the calendar", () => {
  it("says why it cannot be read, and tries again", async () => {
    renderApp({ address: "/settings?section=calendar", fails: { get_calendar: "store_failed" } });
    await recovers(() => screen.findByTestId("calendar-periods"));
  }, 60_000);

  it("shows a year's periods with their working days, each level summing to the year", async () => {
    open();
    const table = await screen.findByTestId("calendar-periods");
    const rows = within(table).getAllByRole("row").slice(1);
    expect(rows.length, "a year, two halves, four quarters, twelve months").toBe(19);
    const days = (kind: string) =>
      rows.filter((row) => row.className === `period-${kind}`).reduce((sum, row) => sum + Number(row.lastElementChild?.textContent?.replace(",", "")), 0);
    expect(days("year")).toBe(261);
    expect([days("half"), days("quarter"), days("month")]).toEqual([261, 261, 261]);
    expect((await axe.run(screen.getByTestId("calendar"), { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  });

  it("is cut anew from another month, says which years' holidays are unknown, and is put back", async () => {
    const user = userEvent.setup();
    const { fake } = open();
    await screen.findByTestId("calendar-periods");
    await choose(user, "calendar-first-month", "4月");
    await choose(user, "calendar-holidays", "中国法定节假日与调休");
    await user.click(screen.getByTestId("calendar-save"));
    await waitFor(() => expect(within(screen.getByTestId("calendar-periods")).getByText("2026-04-01", { selector: ".period-year td" })).toBeInTheDocument());
    expect(screen.getByTestId("calendar-unknown"), "the year reaches into 2027").toHaveTextContent("2027");
    expect(fake.world.calendar.rule.first_month).toBe(4);
    await user.click(await screen.findByTestId("change-undo"));
    await waitFor(() => expect(fake.world.calendar.rule.first_month).toBe(1));
    await waitFor(() => expect(screen.queryByTestId("calendar-unknown")).toBeNull());
  }, 60_000);

  it("asks where a year of weeks ends, and only then", async () => {
    const user = userEvent.setup();
    const { fake } = open();
    await screen.findByTestId("calendar-periods");
    expect(screen.queryByTestId("calendar-year-end")).toBeNull();
    expect(screen.queryByTestId("calendar-named-by"), "a year from January has one number").toBeNull();
    await choose(user, "calendar-months", "4-4-5 周");
    expect(screen.getByTestId("calendar-year-end")).toBeInTheDocument();
    await user.click(screen.getByTestId("calendar-save"));
    await waitFor(() => expect(fake.world.calendar.rule.months).toBe("4-4-5"));
    await waitFor(() => expect(within(screen.getByTestId("calendar-periods")).getByText("2025-12-29", { selector: ".period-year td" })).toBeInTheDocument());
  }, 60_000);

  it("takes a pasted list whole, or says what is wrong with which line", async () => {
    const user = userEvent.setup();
    const { fake } = open();
    const text = await screen.findByTestId("calendar-text");
    await user.click(text);
    await user.paste("2026-12-31,放假,盘点\n2026-13-01,放假,x");
    expect(await screen.findByTestId("calendar-bad")).toHaveTextContent(/粘贴的内容.*2.*2026-13-01/);
    expect(screen.getByTestId("calendar-import-run")).toBeDisabled();
    await user.clear(text);
    await user.paste("2026-12-31,放假,盘点\n2026-12-26,上班,补");
    expect(await screen.findByTestId("calendar-found")).toHaveTextContent("2");
    await user.click(screen.getByTestId("calendar-import-run"));
    await waitFor(() => expect(fake.world.calendar.days.length).toBe(2));
    const own = screen.getByTestId("calendar-own");
    await waitFor(() => expect(own).toHaveTextContent("盘点"));
    await user.click(within(own).getByRole("button", { name: "移除 2026-12-31" }));
    await waitFor(() => expect(fake.world.calendar.days.map(({ date }) => date)).toEqual(["2026-12-26"]));
  }, 60_000);
});
