import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import type { Fake } from "../../../backend/fake";
import { papersOf } from "../../../backend/fake/bonusApproved";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const PERIOD = "2026-Q3";
const ADDRESS = `/bonus/payroll?period=${PERIOD}`;

/** Whether a style keeps clicks away is asked of the whole style sheet, at every click: not here. */
const quick = () => userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });

/** A page on a period that was run; approved, unless it is said otherwise. */
function house(address = ADDRESS, { approved = true, holds = [] as ("list_bonus_runs" | "get_payroll")[] } = {}) {
  const shown = renderApp({ address, holds: ["list_bonus_runs", ...holds] });
  const { world } = shown.fake;
  world.bonusRuns = [{ id: "r-1", period: PERIOD, at: "2026-11-24T02:30:00Z" }];
  if (approved) papersOf(world).approved.add(PERIOD);
  shown.fake.release("list_bonus_runs");
  return shown;
}

const lastCall = (fake: Fake, wanted: string) => fake.calls.findLast(({ name }) => name === wanted)?.args;

describe("the file for payroll", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_bonus_runs"] });
    await waits("发放", () => fake.release("list_bonus_runs"), () => screen.findByText("2026年第3季度还没有已保存的核算结果"));
    expect(screen.getByRole("link", { name: "去核算" })).toHaveAttribute("href", expect.stringContaining("/bonus"));
  });

  it("says why it cannot be looked at, and tries again", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["list_bonus_runs"], fails: { get_payroll: "store_failed" } });
    fake.world.bonusRuns = [{ id: "r-1", period: PERIOD, at: "2026-11-24T02:30:00Z" }];
    fake.release("list_bonus_runs");
    await recovers(() => screen.findByTestId("payroll-sum"));
  });

  it("writes exactly the columns that are seen", async () => {
    const user = quick();
    const { fake } = house();
    await screen.findByTestId("payroll-preview");
    await user.click(screen.getByRole("button", { name: "第 3 列左移" }));
    const header = screen.getByRole("textbox", { name: "第 2 列的列名" });
    await user.clear(header);
    await user.type(header, "应发");
    await user.click(screen.getByTestId("columns-add"));
    await user.click(screen.getByRole("button", { name: "删除第 1 列" }));
    await user.click(screen.getByText("最小单位：123450"));
    const columns = { amounts: "minor", columns: [{ header: "应发", field: "payout" }, { header: "姓名", field: "name" }, { header: "姓名 2", field: "name" }] };
    await waitFor(() => expect(lastCall(fake, "get_payroll")).toMatchObject({ columns }));
    const preview = await screen.findByTestId("payroll-preview");
    await waitFor(() => expect(within(preview).getAllByRole("columnheader").map((one) => one.textContent)).toEqual(["应发", "姓名", "姓名 2"]));
    await user.click(screen.getByTestId("payroll-csv"));
    await waitFor(() => expect(lastCall(fake, "export_payroll")).toEqual({ period: PERIOD, columns, format: "csv", draft: false, language: "zh-CN" }));
    expect(await screen.findByText("已保存到 /home/payroll")).toBeInTheDocument();
  });

  it("fixed text stands in every row", async () => {
    const user = quick();
    house();
    await screen.findByTestId("payroll-preview");
    await user.click(screen.getByRole("combobox", { name: "第 1 列的内容" }));
    await user.click(await screen.findByTitle("固定文字"));
    await user.type(await screen.findByRole("textbox", { name: "第 1 列的固定文字" }), "QB");
    await waitFor(() => expect(within(screen.getByTestId("payroll-preview")).getAllByText("QB").length).toBeGreaterThan(1));
  });

  it("names a header that is missing, and writes nothing until it is there", async () => {
    const user = quick();
    house();
    await screen.findByTestId("payroll-preview");
    await user.clear(screen.getByRole("textbox", { name: "第 2 列的列名" }));
    expect(await screen.findByText(/没有列名/)).toBeInTheDocument();
    expect(screen.getByTestId("payroll-csv")).toBeDisabled();
    expect(screen.queryByTestId("payroll-preview")).toBeNull();
    await user.type(screen.getByRole("textbox", { name: "第 2 列的列名" }), "员工");
    expect(await screen.findByTestId("payroll-preview")).toBeInTheDocument();
    expect(screen.getByTestId("payroll-csv")).toBeEnabled();
  });

  it("is a draft until it is approved, and says so", async () => {
    const user = quick();
    const { fake } = house(ADDRESS, { approved: false });
    expect(await screen.findByTestId("payroll-state")).toHaveTextContent("草稿：尚未审批发放");
    await user.click(screen.getByRole("button", { name: /导出草稿 XLSX/ }));
    await waitFor(() => expect(lastCall(fake, "export_payroll")).toMatchObject({ format: "xlsx", draft: true }));
  });

  it("lists apart whose pay waits", async () => {
    const { fake } = house(ADDRESS, { holds: ["get_payroll"] });
    const [waiting] = fake.world.people;
    papersOf(fake.world).held.add(waiting?.id ?? "");
    await waitFor(() => expect(fake.calls.some(({ name }) => name === "get_payroll")).toBe(true));
    fake.release("get_payroll");
    const apart = await screen.findByTestId("payroll-apart");
    expect(apart).toHaveTextContent(waiting?.name ?? "nobody");
    expect(apart).toHaveTextContent("提交审批时已暂缓");
    expect(screen.getByTestId("payroll-preview")).not.toHaveTextContent(waiting?.staff ?? "nobody");
  });

  it("keeps columns under a name, and takes them from a file", async () => {
    const user = quick();
    const { fake } = house();
    await screen.findByTestId("payroll-preview");
    await user.type(screen.getByRole("textbox", { name: "名称" }), "SAP");
    await user.click(screen.getByTestId("profile-save"));
    expect(await screen.findByText("已保存为“SAP”")).toBeInTheDocument();
    expect(papersOf(fake.world).profiles.map(({ name }) => name)).toEqual(["SAP"]);
    await user.click(screen.getByTestId("profile-load"));
    expect(await screen.findByDisplayValue("人员编码")).toBeInTheDocument();
    await waitFor(() => expect(lastCall(fake, "get_payroll")).toMatchObject({ columns: { amounts: "minor" } }));
  });

  it("replaces columns of a name only when that is said", async () => {
    const user = quick();
    const { fake } = house();
    await screen.findByTestId("payroll-preview");
    await user.type(screen.getByRole("textbox", { name: "名称" }), "SAP");
    await user.click(screen.getByTestId("profile-save"));
    await screen.findByText("已保存为“SAP”");
    const columns = () => JSON.stringify(papersOf(fake.world).profiles.find((one) => one.name === "SAP"));
    const kept = columns();
    // Other columns under the same name.
    await user.click(screen.getByTestId("profile-load"));
    await screen.findByDisplayValue("人员编码");
    const name = screen.getByRole("textbox", { name: "名称" });
    await user.clear(name);
    await user.type(name, "SAP");
    await user.click(screen.getByTestId("profile-save"));
    expect((await screen.findAllByText("替换列方案“SAP”吗？")).length).toBeGreaterThan(0);
    expect(columns()).toBe(kept);
    await user.click(screen.getByText(/^替\s*换$/));
    await waitFor(() => expect(columns()).not.toBe(kept));
  });

  it("says why a file was not written", async () => {
    const user = quick();
    const { fake } = house();
    await screen.findByTestId("payroll-preview");
    fake.failNext("export_payroll", "payroll_sum_differs", { rows: "1.00 CNY", apart: "0.00 CNY", total: "2.00 CNY" });
    await user.click(screen.getByTestId("payroll-csv"));
    expect(await screen.findByText(/与核算结果 2.00 CNY 不符/)).toBeInTheDocument();
  });
});

describe("confirmations", () => {
  it("HR writes down a paper that is signed", async () => {
    const user = quick();
    const { fake } = house();
    const [person] = fake.world.people;
    const row = await screen.findByTestId(`confirmation-${person?.id}`);
    await user.click(within(row).getByRole("button", { name: `登记书面确认：${person?.name}` }));
    await user.click(await screen.findByTestId("statement-confirm-ok"));
    await waitFor(() => expect(screen.getByTestId(`confirmation-${person?.id}`)).toHaveTextContent("已书面签字"));
    expect(screen.getByTestId("statement-counts")).toHaveTextContent("已确认 1 人");
    expect(lastCall(fake, "confirm_statement")).toMatchObject({ on_paper: true, person: person?.id });
  });

  it("nobody is asked to confirm a draft", async () => {
    const { fake } = house(ADDRESS, { approved: false });
    const row = await screen.findByTestId(`confirmation-${fake.world.people[0]?.id}`);
    expect(screen.getByTestId("statement-counts")).toHaveTextContent("草稿，未审批");
    expect(within(row).queryByRole("button", { name: /登记/ })).toBeNull();
  });

  it("everybody's statements are written", async () => {
    const user = quick();
    house();
    await user.click(await screen.findByTestId("statements-pdf"));
    expect(await screen.findByText("已保存到 /home/statements")).toBeInTheDocument();
  });
});

describe("a statement", () => {
  it("has its hash, its PDF and, once approved, its confirmation", async () => {
    const user = quick();
    const { fake } = house(`/bonus?period=${PERIOD}`);
    const [row] = await screen.findAllByTestId(/^statement-p-/);
    await user.click(row as HTMLElement);
    expect(await screen.findByTestId("statement-standing")).toHaveTextContent("尚未确认");
    expect(screen.getByTestId("statement-hash")).toHaveTextContent(/[0-9a-f]{64}/);
    await user.click(screen.getByTestId("statement-pdf"));
    expect(await screen.findByText("已保存到 /home/statements")).toBeInTheDocument();
    expect(screen.queryByTestId("statement-confirm")).toBeNull();
    await user.click(screen.getByTestId("statement-on-paper"));
    await user.click(await screen.findByTestId("statement-confirm-ok"));
    await waitFor(() => expect(screen.getByTestId("statement-standing")).toHaveTextContent("已书面签字"));
    expect(papersOf(fake.world).confirmed.size).toBe(1);
  });

  it("of a preview is no paper", async () => {
    const user = quick();
    house(`/bonus?period=${PERIOD}`);
    await user.click(await screen.findByTestId("bonus-preview"));
    await screen.findByText(/预览/, { selector: ".ant-tag" });
    const [row] = await screen.findAllByTestId(/^statement-p-/);
    await user.click(row as HTMLElement);
    expect(await screen.findByTestId("statement-exact")).toBeInTheDocument();
    expect(screen.queryByTestId("statement-papers")).toBeNull();
  });
});
