import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderApp } from "../../test/render";

it("a batch is undone only after a yes", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  await user.click(await screen.findByTestId("undo-b-1"));
  await user.click(await screen.findByRole("button", { name: "取消" }));
  expect(fake.world.batches[0]?.undone_at).toBeNull();
  await user.click(screen.getByTestId("undo-b-1"));
  // jsdom ends no transition, so the first question is still in the document, hidden.
  const confirms = await screen.findAllByTestId("undo-confirm");
  await user.click(confirms.at(-1)!);
  expect(await screen.findByTestId("undo-result")).toHaveTextContent("移除 1,318 条");
  expect(fake.world.batches[0]?.undone_at).not.toBeNull();
});

describe("an import whose rows later ones repeated", () => {
  async function asked() {
    const user = userEvent.setup();
    const window = renderApp({ address: "/data" });
    const { world } = window.fake;
    const first = world.batches[0]!;
    world.batches.push({ ...first, id: "b-2", files: ["二月.csv"] }, { ...first, id: "b-3", files: ["三月.csv"] });
    world.repeats = { "b-1": { "b-2": 1300, "b-3": 1 } };
    await user.click(await screen.findByTestId("undo-b-1"));
    const later = await screen.findByTestId("later-imports");
    expect(later).toHaveTextContent(/三月\.csv 重复 1 行.*二月\.csv 重复 1,300 行/);
    const undone = () => world.batches.filter(({ undone_at }) => undone_at).map(({ id }) => id);
    expect(undone()).toEqual([]);
    return { user, undone, world };
  }

  it("asks again where another one came in while the question stood", async () => {
    const { user, undone, world } = await asked();
    world.batches.push({ ...world.batches[0]!, id: "b-4", files: ["四月.csv"] });
    world.repeats = { "b-1": { "b-2": 1300, "b-3": 1, "b-4": 7 } };
    await user.click(screen.getByTestId("undo-alone"));
    expect(await screen.findByText(/四月\.csv/)).toBeInTheDocument();
    expect(undone(), "nothing that was not shown").toEqual([]);
    await user.click(screen.getByRole("button", { name: "一并撤销这 3 次" }));
    await screen.findByTestId("undo-later");
    expect(undone()).toEqual(["b-1", "b-2", "b-3", "b-4"]);
  });

  it("takes those back too where that is chosen, and names them", async () => {
    const { user, undone } = await asked();
    await user.click(screen.getByRole("button", { name: "一并撤销这 2 次" }));
    expect(await screen.findByTestId("undo-later")).toHaveTextContent("一并撤销：二月.csv、三月.csv。这些文件可以重新导入。");
    expect(undone()).toEqual(["b-1", "b-2", "b-3"]);
  });

  it("takes only the one back where that is chosen", async () => {
    const { user, undone } = await asked();
    await user.click(screen.getByTestId("undo-alone"));
    expect(await screen.findByTestId("undo-result")).toBeInTheDocument();
    expect(screen.queryByTestId("undo-later")).toBeNull();
    expect(undone()).toEqual(["b-1"]);
  });

  it("leaves everything as it is without a choice", async () => {
    const { user, undone } = await asked();
    await user.click(screen.getByRole("button", { name: "取消" }));
    expect(undone()).toEqual([]);
  });
});

it("where the later imports cannot be looked up nothing is taken back", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  await screen.findByTestId("undo-b-1");
  fake.failNext("list_later_imports", "store_failed", { detail: "disk is gone" });
  await user.click(screen.getByTestId("undo-b-1"));
  expect(await screen.findByText(/disk is gone/)).toBeInTheDocument();
  expect(screen.queryByTestId("undo-confirm")).toBeNull();
});

it("an impatient second click asks no second question", async () => {
  renderApp({ address: "/data" });
  const button = await screen.findByTestId("undo-b-1");
  // Both before the later imports are known.
  fireEvent.click(button);
  fireEvent.click(button);
  await screen.findByTestId("undo-confirm");
  expect(screen.getAllByTestId("undo-confirm")).toHaveLength(1);
});

it("the question names the batch and what is not recalculated", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  Object.assign(fake.world.batches[0]!, { files: ["a.csv", "b.csv"], new_rows: 1234, changed_rows: 5 });
  await user.click(await screen.findByTestId("undo-b-1"));
  const batch = await screen.findByTestId("undo-batch");
  expect(batch).toHaveTextContent("2026-11-02");
  expect(batch).toHaveTextContent("CRM");
  expect(batch).toHaveTextContent("a.csv、b.csv");
  expect(batch).toHaveTextContent("新增 1,234，变更 5");
  expect(screen.getByText(/已经核算的奖金不会随之重算/)).toBeInTheDocument();
});

it("all records that stay can be read, not only the first", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  fake.world.keptByUndo = 45;
  await user.click(await screen.findByTestId("undo-b-1"));
  await user.click((await screen.findAllByTestId("undo-confirm")).at(-1)!);
  const kept = within(await screen.findByTestId("undo-kept"));
  expect(kept.getAllByRole("listitem")).toHaveLength(8);
  await user.click(screen.getByRole("button", { name: "另有 37 条，全部显示" }));
  expect(kept.getAllByRole("listitem")).toHaveLength(45);
  expect(screen.queryByTestId("undo-more")).toBeNull();
});

it("rejected rows open in a drawer and can be exported", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  await user.click(await screen.findByTestId("rejected-b-1"));
  expect(await screen.findByText(/第 902 行.*销售人员/)).toBeInTheDocument();
  await user.click(screen.getByTestId("export-rejected"));
  expect(await screen.findByText("已保存 未导入行.xlsx")).toBeInTheDocument();
  expect(fake.calls.at(-1)).toEqual({ name: "export_rejected", args: { batch: "b-1" } });
});

it("the template of every kind of records can be saved", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  await user.click(await screen.findByTestId("templates"));
  await user.click(await screen.findByText("回款与退款"));
  expect(await screen.findByText("已保存 template - receipts.xlsx")).toBeInTheDocument();
  expect(fake.calls.at(-1)).toEqual({ name: "save_template", args: { kind: "receipts" } });
});

it("shows what is missing beside the files, and the records of a kind", async () => {
  renderApp({ address: "/data" });
  const totals = await screen.findByTestId("reconciliation");
  expect(totals).toHaveTextContent("发票");
  expect(totals).toHaveTextContent("339.00");
  expect(totals).toHaveTextContent("不一致");
  expect(totals).toHaveTextContent("−226.00");
  const records = await screen.findByTestId("records-table");
  expect(records).toHaveTextContent("HT-2026-001");
});

it("a month of which nothing was taken opens, and so do the rows that its file alone has", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  expect(await screen.findByText("阶段未定")).toBeInTheDocument();
  await user.click(await screen.findByTestId("month-crm opportunities 2026-04"));
  expect(await screen.findByTestId("drawer-month")).toBeInTheDocument();
  await user.click(screen.getByTestId("only-in-file"));
  const asked = () => fake.calls.findLast(({ name }) => name === "list_rejected")?.args;
  const drawer = within(await screen.findByTestId("drawer-rejected"));
  const rows = async () => (await drawer.findByTestId("rejected-rows")).querySelectorAll("[data-row]");
  expect(await rows()).toHaveLength(1);
  expect(asked()).toMatchObject({ batch: "b-1", counted: { kind: "opportunities", period: "2026-04" } });
  expect(drawer.getByText(/只列出：商机/)).toBeInTheDocument();
  await user.click(drawer.getByTestId("all-rejected"));
  await waitFor(async () => expect(await rows()).toHaveLength(3));
  expect(asked()).toMatchObject({ batch: "b-1", counted: null });
});

it("rows of which nobody knows whether they were won open from their line", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  await user.click(await screen.findByTestId("file-rows-crm opportunities stage_undecided"));
  expect(await screen.findByTestId("drawer-rejected")).toBeInTheDocument();
  expect(fake.calls.findLast(({ name }) => name === "list_rejected")?.args).toMatchObject({
    counted: { kind: "opportunities", period: "stage_undecided" },
  });
});

it("an empty cell of a rejected row keeps its place", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/data" });
  await user.click(await screen.findByTestId("rejected-b-1"));
  expect(await screen.findByText("OP-0901 · — · 金石建材 · 标准版 · 丢单 · 09-06-26 · 01-07-26 · 0")).toBeInTheDocument();
});

it("shows records in words and grouped figures, of each source its own", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/data" });
  const records = await screen.findByTestId("records-table");
  expect(records).toHaveTextContent("金额（¥）");
  expect(records).toHaveTextContent("1,234,567.00");
  // One number in two sources is two records, each with its row.
  expect(within(records).getAllByText("HT-2026-001")).toHaveLength(2);
  expect(within(records).getByText("erp").closest("tr")).toHaveTextContent("—");
  const rows = within(records).getAllByRole("row").map((row) => row.dataset["row"]);
  expect(new Set(rows).size).toBe(rows.length);
  await user.click(within(screen.getByTestId("records-kind")).getByRole("combobox"));
  await user.click(await screen.findByTitle("阶段历史"));
  await waitFor(() => expect(screen.getByTestId("records-table")).toHaveTextContent("赢单"));
});

it("a record opens its history", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  await user.click(await within(await screen.findByTestId("records-table")).findByText("erp"));
  expect(await screen.findByTestId("drawer-history")).toBeInTheDocument();
  const asked = fake.calls.findLast(({ name }) => name === "list_history");
  expect(asked?.args).toEqual({ entity: "contract", id: "f-2", cursor: null });
});

it("a window of records that does not come is said, and can be asked for again", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  fake.world.pagedFacts = true;
  const table = await screen.findByTestId("records-table");
  fake.failNext("list_facts", "store_failed", { detail: "disk full" });
  const asked = () => fake.calls.filter(({ name }) => name === "list_facts").length;
  const before = asked();
  const scroll = () => fireEvent.scroll(table.querySelector(".data-table-scroll")!);
  scroll();
  const error = await within(table).findByTestId("error-state");
  expect(error).toHaveTextContent("disk full");
  scroll();
  expect(asked(), "scrolling does not ask again and again").toBe(before + 1);
  await user.click(within(error).getByRole("button", { name: "重试" }));
  expect(await within(table).findByText("erp")).toBeInTheDocument();
  expect(within(table).queryByTestId("error-state")).toBeNull();
});

it("what cannot be saved says why", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  fake.failNext("save_template", "store_failed", { detail: "no space left" });
  await user.click(await screen.findByTestId("templates"));
  await user.click(await screen.findByText("回款与退款"));
  expect(await screen.findByText(/no space left/)).toBeInTheDocument();
  await user.click(await screen.findByTestId("rejected-b-1"));
  fake.failNext("export_rejected", "store_failed", { detail: "disk is read-only" });
  await user.click(await screen.findByTestId("export-rejected"));
  expect(await screen.findByText(/disk is read-only/)).toBeInTheDocument();
});

it("a month opens the records that are here, and the rows that are only in the file", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data" });
  await user.click(await screen.findByTestId("month-crm invoices 2026-03"));
  const drawer = within(await screen.findByTestId("drawer-month"));
  expect(fake.calls.some((call) => call.name === "list_facts" && (call.args as { month: string }).month === "2026-03")).toBe(true);
  await user.click(drawer.getByRole("button", { name: "只在文件里的行" }));
  expect(await screen.findByTestId("drawer-rejected")).toBeInTheDocument();
});
