import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { parseDrill } from "../components/drill";
import { renderApp } from "../test/render";
import { matches } from "./search";

/** A page that opens in its middle hides its head; one that was left in its middle is found there again. */
it("opens a page at its top and goes back to where it was left", async () => {
  const { router } = renderApp({ address: "/settings" });
  await screen.findByTestId("company-name");
  const content = document.getElementById("content")!;
  content.scrollTop = 300;
  await act(() => router.navigate({ to: "/data" }));
  await screen.findAllByTestId("batches");
  expect(content.scrollTop).toBe(0);
  content.scrollTop = 120;
  await act(() => router.navigate({ to: "/data", search: { month: "x" } }));
  expect(content.scrollTop, "a parameter of the page moves nothing").toBe(120);
  act(() => router.history.go(-2));
  await screen.findByTestId("company-name");
  await waitFor(() => expect(content.scrollTop).toBe(300));
});

describe("the top bar", () => {
  it("steps through periods, which persist across areas in the address", async () => {
    const user = userEvent.setup();
    const { router } = renderApp({ address: "/settings" });
    await user.click(await screen.findByTestId("period-next"));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ period: "2026-Q4" }));
    await user.click(screen.getByTestId("nav-data"));
    await waitFor(() => expect(router.state.location.pathname).toBe("/data"));
    expect(router.state.location.search).toMatchObject({ period: "2026-Q4" });
    expect(screen.getByTestId("period-chooser")).toHaveTextContent("2026年第4季度");
  });

  it("keeps a year a text in the address", async () => {
    const { router } = renderApp({ address: "/settings?period=2017" });
    expect(await screen.findByTestId("period-chooser")).toHaveTextContent("2017年");
    expect(router.state.location.search).toEqual({ period: "2017" });
  });

  it("chooses a week by keyboard", async () => {
    const user = userEvent.setup();
    const { router } = renderApp({ address: "/settings?period=2026-W10" });
    await user.click(await screen.findByTestId("period-chooser"));
    const week = await screen.findByRole("button", { name: "2026年第10周", pressed: true });
    week.focus();
    await user.keyboard("{ArrowRight}{ArrowDown}{Enter}");
    await waitFor(() => expect(router.state.location.search).toMatchObject({ period: "2026-W18" }));
  });

  it("always says how fresh the data is, and opens the batches", async () => {
    const { router } = renderApp({ address: "/settings" });
    const state = await screen.findByTestId("data-state");
    expect(state).toHaveTextContent("数据截至 2026-10-31");
    expect(state).toHaveTextContent("批次 2026-11-02");
    await userEvent.click(state);
    await waitFor(() => expect(router.state.location.pathname).toBe("/data"));
  });

  it("switches the language", async () => {
    renderApp({ address: "/settings" });
    await userEvent.click(await screen.findByTestId("lang-switch"));
    expect(await screen.findByRole("link", { name: "Settings" })).toBeInTheDocument();
  });
});

describe("the command palette", () => {
  it("opens by Ctrl+K and finds people by pinyin", async () => {
    const user = userEvent.setup();
    const { router } = renderApp({ address: "/settings" });
    await screen.findByTestId("company-name");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "lina");
    expect(await screen.findByRole("option", { name: /李娜/ })).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Enter}");
    // What the person won opens, and says whose it is.
    expect(await screen.findByText(/李娜.* · 2026年第3季度/)).toBeInTheDocument();
    expect(parseDrill(String(router.state.location.search["records"]))).toMatchObject({ figure: "won_amount", person: "p-2" });
    expect(router.state.location.search, "nothing sticks that no page shows").not.toHaveProperty("person");
  });

  it("says when nothing is found", async () => {
    const user = userEvent.setup();
    renderApp({ address: "/settings" });
    await user.click(await screen.findByTestId("palette-open"));
    await user.type(await screen.findByTestId("palette-input"), "zzzz");
    expect(await screen.findByText("没有找到“zzzz”")).toBeInTheDocument();
  });

  it("matches letters, pinyin and initials", () => {
    expect(matches("王伟 YF1001", "yf10")).toBe(true);
    expect(matches("王伟", "wangwei")).toBe(true);
    expect(matches("王伟", "ww")).toBe(true);
    expect(matches("王伟", "li")).toBe(false);
  });
});

it("the navigation collapses to its icons, whose names stay", async () => {
  renderApp({ address: "/settings" });
  await userEvent.click(await screen.findByRole("button", { name: "收起导航" }));
  expect(screen.getByRole("button", { name: "展开导航" })).toHaveAttribute("aria-expanded", "false");
  expect(screen.getByRole("link", { name: "目标" })).toBeInTheDocument();
});

it("an unknown address says so and leads back", async () => {
  renderApp({ address: "/nowhere" });
  expect(await screen.findByText("没有这个页面")).toBeInTheDocument();
});
