import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Fake } from "../../../backend/fake";
import { note } from "../../../backend/fake/history";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const OLD = "云帆科技有限公司";
const NEW = "远航科技有限公司";

/** Gives the company a new name, as the settings page would. */
async function rename({ fake }: { fake: Fake }) {
  await act(() => fake.call("rename_company", { name: NEW }));
}

describe("Ctrl+Z", () => {
  it("takes the last own action back and says so; the toast does it again", async () => {
    const user = userEvent.setup();
    const window = renderApp({ address: "/data/changes" });
    await screen.findByText("没有符合条件的更改");
    await rename(window);
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText(/^已撤销：修改组织：远航科技有限公司/)).toBeInTheDocument();
    expect(window.fake.world.company).toBe(OLD);
    await user.click(screen.getByTestId("redo"));
    await waitFor(() => expect(window.fake.world.company).toBe(NEW));
  });

  it("asks about later imports that repeated rows of the import it takes back", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: "/data/changes" });
    await screen.findByText("没有符合条件的更改");
    const { world } = fake;
    const last = note(world, "import", { code: "change_import", params: { files: "一月.csv" } }, [], () => {});
    last.batch = "b-1";
    world.batches.push({ ...world.batches[0]!, id: "b-2", files: ["二月.csv"] });
    world.repeats = { "b-1": { "b-2": 7 } };
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByTestId("later-imports")).toHaveTextContent("二月.csv 重复 7 行");
    await user.click(screen.getByRole("button", { name: "一并撤销这 1 次" }));
    await waitFor(() =>
      expect(fake.calls.findLast(({ name }) => name === "undo_change")?.args).toEqual({ change: last.id, later: { take_back_too: { imports: ["b-2"] } } }),
    );
  });

  it("does not take for meant what lies before an import that was taken back", async () => {
    const user = userEvent.setup();
    const window = renderApp({ address: "/data/changes" });
    await screen.findByText("没有符合条件的更改");
    await rename(window);
    note(window.fake.world, "undo_batch", { code: "change_undo_batch", params: { files: "一月.csv" } }, [], () => {});
    await user.keyboard("{Control>}z{/Control}");
    const confirm = await screen.findByTestId("take-back-confirm");
    expect(confirm.closest("[role=dialog]")).toHaveTextContent("最近的操作是：撤销了一次导入：一月.csv");
    expect(window.fake.world.company, "only asked so far").toBe(NEW);
    await user.click(confirm);
    await waitFor(() => expect(window.fake.world.company).toBe(OLD));
  });

  /** Words with buttons that are of no use any more stand above the buttons of the page. */
  it("leaves one word, and none that offers what was done again", async () => {
    const user = userEvent.setup();
    const window = renderApp({ address: "/data/changes" });
    await screen.findByText("没有符合条件的更改");
    await rename(window);
    await user.keyboard("{Control>}z{/Control}");
    await screen.findByText(/^已撤销：/);
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    await waitFor(() => expect(window.fake.world.company).toBe(NEW));
    await waitFor(() => expect(screen.queryByText(/^已撤销：/)).toBeNull());
    expect(screen.queryByTestId("redo")).toBeNull();
  });

  it("leaves the undo of a field to the field", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: "/settings" });
    await user.click(await screen.findByTestId("company-name"));
    await user.keyboard("{Control>}z{/Control}");
    expect(fake.calls.some(({ name }) => name === "get_last_action" || name === "undo_change")).toBe(false);
  });

  it("says when there is nothing to take back", async () => {
    const user = userEvent.setup();
    renderApp({ address: "/data/changes" });
    await screen.findByText("没有符合条件的更改");
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText(/没有可以撤销（或重做）的操作/)).toBeInTheDocument();
  });
});

describe("the history of a record", () => {
  it("tells from and to, and puts a value back after showing what is there now", async () => {
    const user = userEvent.setup();
    const window = renderApp({ address: "/settings" });
    const { fake } = window;
    await screen.findByTestId("company-history");
    await rename(window);
    await user.click(await screen.findByTestId("company-history"));
    const list = await screen.findByTestId("history-list");
    expect(list).toHaveTextContent(OLD);
    expect(list).toHaveTextContent("本机用户");
    await user.click(within(list).getByTestId("restore-name"));
    const confirm = await screen.findByTestId("restore-confirm");
    const dialog = confirm.closest<HTMLElement>("[role=dialog]");
    expect(dialog).toHaveTextContent(`现在的值${NEW}`);
    expect(dialog).toHaveTextContent(`恢复为${OLD}`);
    expect(fake.world.company, "only asked so far").toBe(NEW);
    await user.click(confirm);
    await waitFor(() => expect(fake.world.company).toBe(OLD));
  });
});

describe("the page of changes", () => {
  it("lists them, opens one, and takes one back after asking", async () => {
    const user = userEvent.setup();
    const window = renderApp({ address: "/data" });
    const { router, fake } = window;
    await user.click(await screen.findByTestId("sub-changes"));
    await rename(window);
    await waitFor(() => expect(router.state.location.pathname).toBe("/data/changes"));
    const table = await screen.findByTestId("change-table");
    expect(table).toHaveTextContent("修改组织：远航科技有限公司");
    await user.click(within(table).getByText(/修改组织：远航科技有限公司/));
    const drawer = await screen.findByTestId("drawer-change");
    expect(drawer).toHaveTextContent("名称");
    await user.click(within(drawer).getByRole("button", { name: /关闭|Close/i }));
    await user.click(screen.getByTestId("take-back-1"));
    await user.click(await screen.findByTestId("take-back-confirm"));
    await waitFor(() => expect(fake.world.company).toBe(OLD));
    expect(await screen.findByText("撤销：修改组织：远航科技有限公司（1 条记录）")).toBeInTheDocument();
  });

  it("waits and recovers in words", async () => {
    const { fake } = renderApp({ address: "/data/changes", holds: ["list_changes"] });
    await waits("更改记录", () => fake.release("list_changes"), () => screen.findByText("没有符合条件的更改"));
  });

  it("offers to try again", async () => {
    renderApp({ address: "/data/changes", fails: { list_changes: "store_failed" } });
    await recovers(() => screen.findByText("没有符合条件的更改"));
  });
});

describe("the filters", () => {
  it("stay while what they chose is read, and after a failure", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: "/data/audit" });
    await screen.findByTestId("audit-table");
    const filter = within(screen.getByTestId("audit-action")).getByRole("combobox");
    fake.hold("list_audit");
    await user.click(filter);
    await user.click((await screen.findAllByRole("option", { hidden: true })).at(-1)!.closest(".ant-select-item") ?? screen.getAllByTitle(/导出|核算|撤销/).at(-1)!);
    expect(filter, "the same field, with the focus").toBeInTheDocument();
    expect(filter).toHaveFocus();
    expect(screen.getByTestId("audit-table"), "what was there stays").toBeInTheDocument();
    fake.release("list_audit");
  });
});

describe("the audit log", () => {
  it("shows its mark, its entries in words, and whether an old mark is still in it", async () => {
    const user = userEvent.setup();
    renderApp({ address: "/data/audit" });
    expect(await screen.findByTestId("audit-head")).toHaveTextContent("2-3f9a2c41b7d0");
    const table = screen.getByTestId("audit-table");
    expect(table).toHaveTextContent("导出报告：云帆科技有限公司 2026-Q3");
    expect(table).toHaveTextContent("周期：2026-Q3");
    await user.type(screen.getByTestId("check-head"), "1-aa10be77c0de");
    await user.click(screen.getByTestId("check-head-run"));
    expect(await screen.findByTestId("check-head-result")).toHaveTextContent("一致");
    await user.clear(screen.getByTestId("check-head"));
    await user.type(screen.getByTestId("check-head"), "1-bbbbbbbbbbbb");
    await user.click(screen.getByTestId("check-head-run"));
    await waitFor(() => expect(screen.getByTestId("check-head-result")).toHaveTextContent("不一致"));
  });

  it("offers to try again", async () => {
    renderApp({ address: "/data/audit", fails: { list_audit: "store_failed" } });
    await recovers(() => screen.findByTestId("audit-head"));
  });
});
