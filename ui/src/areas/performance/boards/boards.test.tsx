import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { BoardInfo, SaveBoard, Widget } from "../../../backend/generated";
import type { Fake } from "../../../backend/fake";
import { startAnew } from "../../../backend/query";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/performance?period=2026-Q3";

const saved = (fake: Fake) => fake.calls.filter(({ name }) => name === "save_board").map(({ args }) => args as SaveBoard);

/** A board of one's own with two charts beside each other, opened for arranging. */
async function arranged() {
  const user = userEvent.setup();
  const app = renderApp({ address: ADDRESS });
  const question = { form: "bars", metric: "won_amount", by: null, grain: "week", compare: null, filter: null, limit: null } as const;
  const chart = (id: string, x: number): Widget => ({ id, place: { x, y: 0, w: 6, h: 8 }, title: `Chart ${id}`, shows: { kind: "chart", question } });
  const board = await app.fake.call("save_board", { id: null, name: "华东例会", roles: [], widgets: [chart("a", 0), chart("b", 6)] });
  await act(() => app.router.navigate({ to: "/performance", search: { period: "2026-Q3", board: board.info.id } as never }));
  await user.click(await screen.findByTestId("board-arrange"));
  await screen.findByTestId("board-arranging");
  app.fake.calls.length = 0;
  return { user, ...app };
}

describe("boards", () => {
  it("load under the page's name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_board"] });
    await waits("业绩", () => fake.release("get_board"), () => screen.findByTestId("board-grid"));
  });

  it("open with one's home: key figures, weeks, shares, attainment, leaderboard; every figure opens its records", async () => {
    const user = userEvent.setup();
    renderApp({ address: ADDRESS });
    await screen.findByTestId("chart-weekly_sales");
    await screen.findByTestId("chart-customer_types");
    await screen.findByTestId("chart-team_attainment");
    await screen.findByTestId("leaderboard");
    await user.click(await screen.findByTestId("tile-won_count"));
    expect(await screen.findByTestId("drawer-records")).toBeInTheDocument();
  });

  it("say beside what is reached the goal that it is of, also where no won amount stands there", async () => {
    const { fake, router } = renderApp({ address: ADDRESS });
    const widget: Widget = { id: "a", place: { x: 0, y: 0, w: 12, h: 3 }, shows: { kind: "tiles", metrics: ["attainment"] } };
    const board = await fake.call("save_board", { id: null, name: "达成", roles: [], widgets: [widget] });
    await act(() => router.navigate({ to: "/performance", search: { period: "2026-Q3", board: board.info.id } as never }));
    const tile = await screen.findByTestId("tile-attainment");
    await waitFor(() => expect(tile).toHaveTextContent(/目标.*¥/));
    expect(screen.queryByTestId("tile-won_amount")).not.toBeInTheDocument();
  });

  it("list customers by what they bought; each opens its deals", async () => {
    const user = userEvent.setup();
    const { fake, router } = renderApp({ address: ADDRESS });
    const widget: Widget = { id: "a", place: { x: 0, y: 0, w: 6, h: 8 }, shows: { kind: "customers" } };
    const board = await fake.call("save_board", { id: null, name: "客户", roles: [], widgets: [widget] });
    await act(() => router.navigate({ to: "/performance", search: { period: "2026-Q3", board: board.info.id } as never }));
    const table = await screen.findByTestId("customers");
    const rows = await within(table).findAllByTestId(/^customer-/);
    await user.click(rows[0] as HTMLElement);
    await screen.findByTestId("drawer-records");
    const name = rows[0]?.dataset["testid"]?.replace("customer-", "");
    await waitFor(() => expect(fake.calls.findLast((one) => one.name === "list_records")?.args).toMatchObject({ customer: name, days: { to: "2026-10-01" } }));
  });

  it("let one widget fail and try again while the others stand", async () => {
    renderApp({ address: ADDRESS, fails: { draw_widget: "store_failed" } });
    await screen.findByTestId("leaderboard");
    await recovers(() => screen.findByTestId("tile-won_amount"));
  });

  it("say in words what is missing in place of a chart", async () => {
    const { fake, router } = renderApp({ address: ADDRESS });
    const question = { form: "ranking", metric: "receipts", by: "person", grain: null, compare: null, filter: null, limit: null } as const;
    const widget: Widget = { id: "a", place: { x: 0, y: 0, w: 6, h: 8 }, title: "回款", shows: { kind: "chart", question } };
    const board = await fake.call("save_board", { id: null, name: "回款", roles: [], widgets: [widget] });
    await act(() => router.navigate({ to: "/performance", search: { board: board.info.id } as never }));
    const lack = await screen.findByTestId("widget-lack");
    expect(lack).toHaveTextContent("回款");
    expect(lack).toHaveTextContent("数据不足，需要回款记录");
    expect(screen.queryByRole("img", { name: /回款/ })).not.toBeInTheDocument();
  });

  it("open the records of one cell of a heat map", async () => {
    const user = userEvent.setup();
    const { fake, router } = renderApp({ address: ADDRESS });
    const question = { form: "heat_map", metric: "average_deal", by: "team", grain: "month", compare: null, filter: null, limit: null } as const;
    const widget: Widget = { id: "a", place: { x: 0, y: 0, w: 12, h: 8 }, shows: { kind: "chart", question } };
    const board = await fake.call("save_board", { id: null, name: "热力图", roles: [], widgets: [widget] });
    await act(() => router.navigate({ to: "/performance", search: { period: "2026-Q3", board: board.info.id } as never }));
    await user.click(await screen.findByTestId("chart-menu-average_deal"));
    await user.click(await screen.findByRole("menuitem", { name: "以表格显示" }));
    const cells = await within(screen.getByTestId("chart-average_deal")).findAllByRole("button", { name: /¥/ });
    await user.click(cells[0] as HTMLElement);
    await screen.findByTestId("drawer-records");
    const asked = fake.calls.find(({ name }) => name === "list_records");
    expect(asked?.args).toMatchObject({ figure: "average_deal", directly: true, days: { from: "2026-07-01", to: "2026-08-01" } });
  });

  it("open of each stage of the funnel the deals that are counted there", async () => {
    const user = userEvent.setup();
    const { fake, router } = renderApp({ address: ADDRESS });
    const question = { form: "funnel", metric: "cohort_win_rate", by: null, grain: null, compare: null, filter: null, limit: null } as const;
    const widget: Widget = { id: "a", place: { x: 0, y: 0, w: 12, h: 8 }, shows: { kind: "chart", question } };
    const board = await fake.call("save_board", { id: null, name: "漏斗", roles: [], widgets: [widget] });
    await act(() => router.navigate({ to: "/performance", search: { period: "2026-Q3", board: board.info.id } as never }));
    await user.click(await screen.findByTestId("chart-menu-funnel"));
    await user.click(await screen.findByRole("menuitem", { name: "以表格显示" }));
    const opened = [];
    const stages = { 新开: "新开商机赢单率", 跟进中: "跟进转化率", 方案报价: "报价转化率", 商务谈判: "谈判转化率", 赢单: "新开商机赢单率" };
    for (const [stage, metric] of Object.entries(stages)) {
      await user.click(within(screen.getByTestId("chart-funnel")).getByText(stage));
      const drawer = await screen.findByTestId("drawer-metric-records");
      await within(drawer).findByText(metric);
      await within(drawer).findByTestId("metric-measure");
      opened.push(fake.calls.findLast(({ name }) => name === "list_metric_records")?.args);
      await user.keyboard("{Escape}");
      await waitFor(() => expect(screen.queryByTestId("drawer-metric-records")).not.toBeInTheDocument());
    }
    expect(opened).toMatchObject([
      { measure: "opened_count", drill: { metric: "cohort_win_rate" } },
      { measure: "cohort_engaging", drill: { metric: "conversion_engaging" } },
      { measure: "cohort_proposal", drill: { metric: "conversion_proposal" } },
      { measure: "cohort_negotiation", drill: { metric: "conversion_negotiation" } },
      { measure: "cohort_won_count", drill: { metric: "cohort_win_rate" } },
    ]);
  });

  it("are exported as they are shown", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByTestId("board-grid");
    await user.click(screen.getByTestId("export-open"));
    expect(await screen.findByTestId("export-drawer")).toHaveTextContent("“公司业绩”");
    await user.click(screen.getByTestId("export-run"));
    await screen.findByTestId("export-result");
    expect(fake.calls.find(({ name }) => name === "export_dashboard")?.args).toMatchObject({ board: "home_hr", scope: { period: "2026-Q3" } });
  });

  it("that are gone say so, and lead back to the home", async () => {
    const user = userEvent.setup();
    renderApp({ address: `${ADDRESS}&board=nothing` });
    await screen.findByTestId("error-state");
    await user.click(screen.getByRole("button", { name: "打开首页" }));
    await screen.findByTestId("chart-weekly_sales");
  });
});

describe("arranging a board", () => {
  it("moves and resizes by keyboard, says where the widget lies, and saves what is seen", async () => {
    const { user, fake } = await arranged();
    const grip = screen.getByTestId("grip-a");
    grip.focus();
    await user.keyboard("{ArrowRight}");
    expect(screen.getByTestId("board-said")).toHaveTextContent("“Chart a”：第 7 列，第 1 行，宽 6，高 8");
    expect(grip).toHaveFocus();
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(screen.getByTestId("board-said")).toHaveTextContent("高 9");
    expect(saved(fake)).toEqual([]);
    await user.click(screen.getByTestId("board-save"));
    await screen.findByTestId("board-arrange");
    const [call] = saved(fake);
    expect(call).toMatchObject({ name: "华东例会", roles: [] });
    expect(call?.widgets.map(({ id, place }) => [id, place])).toEqual([
      ["a", { x: 6, y: 0, w: 6, h: 9 }],
      ["b", { x: 0, y: 0, w: 6, h: 8 }],
    ]);
  });

  it("takes steps back and does them again", async () => {
    const { user } = await arranged();
    const undo = screen.getByTestId("board-undo");
    expect(undo).toBeDisabled();
    await user.click(screen.getByTestId("remove-a"));
    expect(screen.queryByTestId("widget-a")).not.toBeInTheDocument();
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.getByTestId("widget-a")).toBeInTheDocument();
    await user.click(screen.getByTestId("board-redo"));
    expect(screen.queryByTestId("widget-a")).not.toBeInTheDocument();
  });

  it("goes on at the next widget after one was removed by its key", async () => {
    const { user } = await arranged();
    screen.getByTestId("grip-a").focus();
    await user.keyboard("{Delete}");
    expect(screen.getByTestId("grip-b")).toHaveFocus();
    expect(screen.getByTestId("board-said")).toHaveTextContent("已移除“Chart a”");
  });

  it("leaves everything as it was on cancel, and asks first where something would be lost", async () => {
    const { user, fake } = await arranged();
    await user.click(screen.getByTestId("remove-a"));
    await user.click(screen.getByTestId("board-cancel"));
    await user.click(await screen.findByTestId("board-leave"));
    await screen.findByTestId("board-arrange");
    expect(screen.getByTestId("widget-a")).toBeInTheDocument();
    expect(saved(fake)).toEqual([]);
  });

  it("does not ask where nothing was changed", async () => {
    const { user } = await arranged();
    await user.click(screen.getByTestId("board-cancel"));
    await screen.findByTestId("board-arrange");
    expect(screen.queryByTestId("board-leave")).not.toBeInTheDocument();
  });

  it("asks before another page or board is shown; staying keeps the work, leaving drops it", async () => {
    const { user } = await arranged();
    await user.click(screen.getByTestId("remove-a"));
    await user.click(screen.getByTestId("sub-forecast"));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "继续编排" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(screen.queryByTestId("widget-a")).not.toBeInTheDocument();
    await user.click(screen.getByTestId("sub-forecast"));
    await user.click(await screen.findByTestId("board-leave"));
    await screen.findByTestId("landing-total");
    await user.click(screen.getByTestId("sub-dashboard"));
    await screen.findByTestId("board-arrange");
  });

  it("asks before the window closes on unsaved work, once, and closes at once where nothing would be lost", async () => {
    const { user, fake } = await arranged();
    await user.click(screen.getByTestId("remove-a"));
    act(() => void fake.closeWindow());
    act(() => void fake.closeWindow());
    expect(await screen.findAllByRole("dialog")).toHaveLength(1);
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "继续编排" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(fake.isClosed()).toBe(false);
    act(() => void fake.closeWindow());
    await user.click(await screen.findByTestId("board-leave"));
    await waitFor(() => expect(fake.isClosed()).toBe(true));
  });

  it("asks one question where the window is closed while another page is asked about", async () => {
    const { user, fake } = await arranged();
    await user.click(screen.getByTestId("remove-a"));
    await user.click(screen.getByTestId("sub-forecast"));
    await screen.findByRole("dialog");
    act(() => void fake.closeWindow());
    await waitFor(() => expect(screen.getAllByRole("dialog")).toHaveLength(1));
    await user.click(screen.getByTestId("board-leave"));
    await waitFor(() => expect(fake.isClosed()).toBe(true));
    expect(screen.queryByTestId("landing-total"), "the other page is not meant any more").not.toBeInTheDocument();
  });

  it("closes the window without a question after the work was saved", async () => {
    const { user, fake } = await arranged();
    await user.click(screen.getByTestId("remove-a"));
    await user.click(screen.getByTestId("board-save"));
    await screen.findByTestId("board-arrange");
    expect(fake.closeWindow()).toBe(true);
  });

  it("keeps the work behind a lock of the window", async () => {
    const { user, fake, client } = await arranged();
    await user.click(screen.getByTestId("remove-a"));
    await act(async () => startAnew(fake, client, await fake.call("lock_app", {}), { keepDrafts: true }));
    await waitFor(() => expect(screen.queryByTestId("widget-b")).not.toBeInTheDocument());
    fake.world.keeping.locked = false;
    await act(async () => startAnew(fake, client, await fake.call("get_status", {}), { keepDrafts: true }));
    expect(await screen.findByTestId("board-arranging")).toBeInTheDocument();
    expect(await screen.findByTestId("widget-b")).toBeInTheDocument();
    expect(screen.queryByTestId("widget-a")).not.toBeInTheDocument();
    expect(screen.getByTestId("board-undo")).toBeEnabled();
  });

  it("adds a chart that was seen before", async () => {
    const { user, fake } = await arranged();
    await user.click(screen.getByTestId("board-add"));
    const drawer = await screen.findByTestId("widget-drawer");
    await within(drawer).findByTestId("chart-weekly_sales");
    await user.type(within(drawer).getByTestId("widget-title"), "每周");
    await user.click(within(drawer).getByTestId("widget-done"));
    await screen.findByTestId("grip-w3");
    await user.click(screen.getByTestId("board-save"));
    await waitFor(() => expect(saved(fake)).toHaveLength(1));
    expect(saved(fake)[0]?.widgets.at(-1)).toMatchObject({
      id: "w3",
      title: "每周",
      place: { x: 0, y: 8, w: 6, h: 7 },
      shows: { kind: "chart", question: { form: "bars", metric: "won_amount", grain: "week" } },
    });
  });

  it("adds customers", async () => {
    const { user, fake } = await arranged();
    await user.click(screen.getByTestId("board-add"));
    const drawer = await screen.findByTestId("widget-drawer");
    await user.click(within(drawer).getByText("客户"));
    await within(drawer).findByTestId("customers");
    await user.click(within(drawer).getByTestId("widget-done"));
    await screen.findByTestId("grip-w3");
    await user.click(screen.getByTestId("board-save"));
    await waitFor(() => expect(saved(fake)).toHaveLength(1));
    expect(saved(fake)[0]?.widgets.at(-1)).toMatchObject({ id: "w3", shows: { kind: "customers" } });
  });

  it("of a built-in one makes a copy under a name of its own, which becomes the home if it was", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await user.click(await screen.findByTestId("board-arrange"));
    await user.click(await screen.findByTestId("remove-leaders"));
    await user.click(screen.getByTestId("board-save"));
    const name = await screen.findByTestId("board-name");
    expect(name).toHaveValue("公司业绩（副本）");
    await user.clear(name);
    await user.type(name, "我的首页");
    await user.click(screen.getByTestId("name-save"));
    await screen.findByTestId("board-arrange");
    expect(saved(fake)[0]).toMatchObject({ id: null, name: "我的首页" });
    expect(await fake.call("get_board", { id: null })).toMatchObject({ info: { name: "我的首页", is_home: true } });
  });

  it("says why it could not be saved, and keeps the work", async () => {
    const { user, fake } = await arranged();
    fake.failNext("save_board", "store_failed", { detail: "disk full" });
    await user.click(screen.getByTestId("remove-a"));
    await user.click(screen.getByTestId("board-save"));
    expect(await screen.findByTestId("error-state")).toHaveTextContent("disk full");
    expect(screen.queryByTestId("widget-a")).not.toBeInTheDocument();
    expect(screen.getByTestId("board-arranging")).toBeInTheDocument();
  });
});

describe("a board that changes while it is arranged", () => {
  it("is not replaced unasked; whoever was asked may replace it", async () => {
    const { user, fake } = await arranged();
    const { id, name, roles } = (await fake.call("list_boards", {})).find((one) => !one.is_built_in) as BoardInfo;
    await user.click(screen.getByTestId("remove-a"));
    await act(async () => void (await fake.call("save_board", { id, name, roles, widgets: [] })));
    const kept = async () => (await fake.call("get_board", { id })).widgets.map((one) => one.id);
    await user.click(screen.getByTestId("board-save"));
    const dialog = await screen.findByRole("dialog");
    expect(dialog).toHaveTextContent("“华东例会”");
    expect(await kept()).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "继续编排" }));
    expect(screen.getByTestId("widget-b")).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await user.click(screen.getByTestId("board-save"));
    await user.click(await screen.findByTestId("board-replace"));
    await screen.findByTestId("board-arrange");
    expect(await kept()).toEqual(["b"]);
  });

  it("and was removed: the work stays and can be kept as a new board", async () => {
    const { user, fake, router } = await arranged();
    const { id } = (await fake.call("list_boards", {})).find((one) => !one.is_built_in) as BoardInfo;
    await fake.call("set_home", { id });
    // Opened as one's home, which is another board as soon as this one is gone.
    await act(() => router.navigate({ to: "/performance", search: { period: "2026-Q3" } as never }));
    if (!screen.queryByTestId("board-arranging")) await user.click(await screen.findByTestId("board-arrange"));
    await user.click(await screen.findByTestId("remove-a"));
    await act(async () => void (await fake.call("remove_board", { id })));
    await screen.findByTestId("board-arranging");
    expect(screen.getByTestId("widget-b")).toBeInTheDocument();
    await user.click(screen.getByTestId("board-save"));
    await user.click(await screen.findByTestId("board-keep-new"));
    await user.click(await screen.findByTestId("name-save"));
    await screen.findByTestId("board-arrange");
    expect(saved(fake).at(-1)).toMatchObject({ id: null, widgets: [{ id: "b" }] });
  });

  it("takes no steps while it is being saved, which would be lost", async () => {
    const { user, fake } = await arranged();
    await user.click(screen.getByTestId("remove-a"));
    fake.hold("save_board");
    await user.click(screen.getByTestId("board-save"));
    await user.click(screen.getByTestId("remove-b"));
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.getByTestId("widget-b")).toBeInTheDocument();
    expect(screen.queryByTestId("widget-a")).not.toBeInTheDocument();
    fake.release("save_board");
    await screen.findByTestId("board-arrange");
    expect(screen.getByTestId("widget-b")).toBeInTheDocument();
  });
});

describe("a board of one's own", () => {
  it("is shared with roles, renamed, and removed after a question", async () => {
    const { user, fake } = await arranged();
    await user.click(screen.getByTestId("board-cancel"));
    await user.click(await screen.findByTestId("board-menu"));
    await user.click(await screen.findByRole("menuitem", { name: /名称与共享/ }));
    await user.click(await screen.findByTestId("share-sales"));
    await user.click(screen.getByTestId("name-save"));
    await waitFor(() => expect(saved(fake)[0]?.roles).toEqual(["sales"]));
    await waitFor(() => expect(screen.queryByTestId("name-save")).not.toBeInTheDocument());
    await user.click(screen.getByTestId("board-menu"));
    await user.click(await screen.findByRole("menuitem", { name: /删除/ }));
    expect(fake.calls.some(({ name }) => name === "remove_board")).toBe(false);
    await user.click(await screen.findByTestId("board-remove-confirm"));
    await screen.findByTestId("chart-weekly_sales");
    expect(await fake.call("list_boards", {})).toHaveLength(3);
  });
});
