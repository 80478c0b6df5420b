import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";

import { sampleAliases, sampleFiles } from "../../../backend/fake/importFiles";
import { PASSPHRASE } from "../../../backend/fake/keeping";
import type { ImportDecisions, ImportFile, ImportPreview, ImportRequest } from "../../../backend/generated";
import { startAnew } from "../../../backend/query";
import { renderApp, renderPart } from "../../../test/render";
import { undecidedOrders } from "./dateOrders";
import { chooseColumn, chooseDateOrder, chooseEncoding, chooseKind, chooseName, decisionOn, mustBeDecided, NOTHING_DECIDED, skipFile, takeProposals } from "./decisions";
import { ChangedRows } from "./ChangedRows";
import { ControlTotals } from "./ControlTotals";
import { FilesStep } from "./FilesStep";
import { NamesStep } from "./NamesStep";
import { NewRows } from "./NewRows";
import { PreviewStep } from "./PreviewStep";
import { TakenNames } from "./TakenNames";

const ADDRESS = "/data/import?session=s-1";

async function toPreview(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByTestId("import-next"));
  await screen.findByTestId("import-step-mapping");
  await user.click(screen.getByTestId("import-next"));
  await screen.findByTestId("import-step-names");
  await user.click(screen.getByTestId("alias-take-all"));
  await user.click(screen.getByTestId("alias-no-李娜娜"));
  await user.click(screen.getByTestId("import-next"));
  await screen.findByTestId("import-step-preview");
}

describe("the wizard", () => {
  it("shows each file's kind, format, first rows and the files it cannot read", async () => {
    renderApp({ address: ADDRESS });
    const file = await screen.findByTestId("import-file-2");
    expect(file).toHaveTextContent("商机.xlsx [Sheet1]");
    expect(within(file).getByText("01-03-26")).toBeInTheDocument();
    expect(screen.getByText(/不是 CSV.*XLSX/)).toBeInTheDocument();
  });

  /** What is detected may be wrong: names that are nonsense must not be imported for want of a choice. */
  it("reads a text file in the encoding that is chosen; a workbook has none", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    const select = await screen.findByTestId("import-encoding-1");
    expect(select).toHaveTextContent("GB18030");
    expect(screen.queryByTestId("import-encoding-2")).toBeNull();
    await user.click(within(select).getByRole("combobox"));
    await user.click(await screen.findByTitle("Big5（繁体中文）"));
    await waitFor(() => {
      const asked = fake.calls.filter(({ name }) => name === "update_import").at(-1);
      expect((asked!.args as ImportRequest).decisions.files[1]!.encoding).toBe("big5");
    });
    await waitFor(() => expect(screen.getByTestId("import-encoding-1")).toHaveTextContent("Big5"));
  });

  /** Colour alone does not say it to everybody, and a note further down is not found. */
  it.each(["zh-CN", "en"] as const)("says at the choice why the chosen encoding does not hold (%s)", async (language) => {
    const reason = { code: "broken_encoding", params: { file: "客户.csv", line: "3", encoding: "UTF-8" } };
    const files = sampleFiles().map((file) => (file.index === 1 ? { ...file, encoding_refused: reason } : file));
    const draft = { session: "s", source: "crm", files, unreadable: [] };
    renderPart(<FilesStep draft={draft} decisions={chooseEncoding(NOTHING_DECIDED, 1, "utf-8")} onDecide={() => {}} />, language);
    const select = within(await screen.findByTestId("import-encoding-1")).getByRole("combobox");
    expect(select).toHaveAttribute("aria-invalid", "true");
    const card = screen.getByTestId("import-file-1");
    expect(card).toHaveTextContent(language === "en" ? /not read in the chosen encoding.*CSV/ : /未能按所选编码读取.*CSV/);
    expect(select).toHaveAccessibleDescription(language === "en" ? /Line 3 .* not UTF-8/ : /第 3 行.* UTF-8/);
  });

  /** Where what was detected does not hold for the whole file, a choice is needed most. */
  it("opens a file that cannot be read as detected by a choice", async () => {
    const user = userEvent.setup();
    const reason = { code: "broken_encoding", params: { file: "坏.csv", line: "3", encoding: "GB18030" } };
    const unreadable = [
      { file: "坏.csv", reason, index: 3, encoding: null },
      { file: "坏.csv", reason: { code: "not_a_table", params: { file: "坏.csv", reason: "docx" } }, index: null, encoding: null },
    ];
    const decided: ImportDecisions[] = [];
    const draft = { session: "s", source: "crm", files: [], unreadable };
    renderPart(<FilesStep draft={draft} decisions={NOTHING_DECIDED} onDecide={(one) => decided.push(one)} />);
    const select = within(await screen.findByTestId("import-encoding-3")).getByRole("combobox");
    expect(select).toHaveAccessibleDescription(/第 3 行/);
    expect(screen.getByText(/不是 CSV.*XLSX/)).toBeInTheDocument();
    await user.click(select);
    await user.click(await screen.findByTitle("Big5（繁体中文）"));
    expect(decided.at(-1)!.files[3]!.encoding).toBe("big5");
  });

  it("tells why the dates are read as they are", async () => {
    renderApp({ address: `${ADDRESS}&step=mapping` });
    await userEvent.click(await screen.findByTestId("mapping-tab-2"));
    const row = await screen.findByTestId("mapping-closed_on");
    expect(row).toHaveTextContent(/只能按“日在前”：702 行/);
    expect(within(row).getByRole("combobox", { name: "成交日期的日期顺序" })).toBeInTheDocument();
  });

  it("asks for an order of dates that the values leave open, and waits until there is one", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&step=mapping`, openDates: true });
    await user.click(await screen.findByTestId("mapping-tab-2"));
    const row = within(await screen.findByTestId("mapping-opened_on"));
    const readings = row.getByTestId("readings-opened_on");
    expect(readings).toHaveTextContent("日 / 月 / 年 “11-01-26”读作 2026-01-11");
    expect(readings).toHaveTextContent("月 / 日 / 年 “11-01-26”读作 2026-11-01");
    expect(readings).toHaveTextContent("年 / 月 / 日 “11-01-26”读作 2011-01-26");
    expect(screen.getByTestId("mapping-tab-2")).toHaveTextContent("缺日期顺序");
    expect(screen.getByText("还有日期列没有选定顺序。")).toBeInTheDocument();
    expect(screen.getByTestId("import-next")).toBeDisabled();
    await user.click(row.getByRole("combobox", { name: "开始日期的日期顺序" }));
    await user.click(await screen.findByTitle("月 / 日 / 年"));
    await waitFor(() => expect(screen.getByTestId("import-next")).toBeEnabled());
    expect(row.getByRole("combobox", { name: "开始日期的日期顺序" }), "it can be changed").toBeInTheDocument();
    const asked = fake.calls.filter(({ name }) => name === "update_import").at(-1);
    expect((asked!.args as ImportRequest).decisions.files[2]!.date_orders).toEqual({ opened_on: "month_first" });
  });

  it("shows what a title is taken for, and takes another meaning", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&step=mapping` });
    const role = await screen.findByRole("combobox", { name: "“销售经理”的岗位含义" });
    expect(screen.getByTestId("role-销售经理")).toHaveTextContent("看商机：有则销售，无则主管");
    await user.click(role);
    await user.click(await screen.findByTitle("主管，不承担目标"));
    await waitFor(() => expect(screen.getByTestId("role-销售经理")).toHaveTextContent("主管，不承担目标"));
    const asked = fake.calls.filter(({ name }) => name === "update_import").at(-1);
    expect((asked!.args as ImportRequest).decisions.files[0]!.roles).toEqual({ 销售经理: "manager" });
  });

  it("waits at names until each is decided, then imports, and can be undone", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await user.click(await screen.findByTestId("import-next"));
    await user.click(await screen.findByTestId("import-next"));
    await screen.findByTestId("import-step-names");
    expect(screen.getByTestId("import-next"), "three names are open").toBeDisabled();
    expect(screen.getByTestId("alias-专业板")).toHaveTextContent("148 行");
    expect(screen.getByTestId("alias-专业板")).toHaveTextContent("¥729,400.00");
    await user.click(screen.getByTestId("alias-yes-专业板"));
    await user.click(screen.getByTestId("alias-no-宏远贸易有限公司"));
    await user.click(screen.getByTestId("alias-no-李娜娜"));
    await user.click(screen.getByTestId("import-next"));
    await screen.findByTestId("import-step-preview");
    await user.click(screen.getByTestId("import-commit"));
    expect(await screen.findByTestId("import-result")).toHaveTextContent("部分行没有导入");
    const commit = fake.calls.find(({ name }) => name === "commit_import");
    expect((commit!.args as ImportRequest).decisions.aliases).toEqual({
      "product:专业板": "专业版",
      "customer:宏远贸易有限公司": null,
      "person:李娜娜": null,
    });
    await user.click(screen.getByTestId("import-undo"));
    expect(fake.calls.some(({ name }) => name === "undo_batch"), "it asks first").toBe(false);
    await user.click(await screen.findByTestId("undo-confirm"));
    expect(await screen.findByTestId("undo-result")).toHaveTextContent("移除 1,315 条");
  });

  it("lists rejected rows with line and reason, and the control totals", async () => {
    const user = userEvent.setup();
    renderApp({ address: ADDRESS });
    await toPreview(user);
    const rejected = within(screen.getByTestId("preview-rejected"));
    expect(rejected.getByText(/第 214 行.*31-02-26.*不是有效/)).toBeInTheDocument();
    const totals = screen.getByTestId("control-totals");
    expect(totals).toHaveTextContent("2026年第2季度");
    expect(totals).toHaveTextContent("3,086,111.00");
    expect(totals).toHaveTextContent("9,120,385.50");
    expect(screen.getByTestId("taken-names")).toHaveTextContent("专业板 → 专业版产品 · 本次确认 · 148 行");
    expect(screen.getByTestId("taken-names")).toHaveTextContent("李娜娜：不是已有的名称");
    await user.click(screen.getByTestId("import-commit"));
    expect(await screen.findByRole("heading", { name: "没有导入的行" })).toBeInTheDocument();
  });

  it("lists names that were taken because an earlier import decided them", async () => {
    const [alias] = sampleAliases();
    const preview = { aliases: [{ ...alias, decided: true }] } as ImportPreview;
    renderPart(<TakenNames preview={preview} decisions={NOTHING_DECIDED} />);
    expect(await screen.findByTestId("taken-names")).toHaveTextContent("专业板 → 专业版产品 · 以前确认，已记住 · 148 行");
  });

  it("keeps everything when the last step fails, and says why", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await toPreview(user);
    fake.failNext("commit_import", "store_held", { holder: "yeji import" });
    await user.click(screen.getByTestId("import-commit"));
    expect(await screen.findByTestId("error-state")).toHaveTextContent(/另一个程序.*yeji import/);
    expect(screen.getByTestId("import-step-preview")).toBeInTheDocument();
    expect(screen.getByTestId("import-commit")).toBeEnabled();
  });

  it("does not import the same files twice", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    fake.world.batches.push({ ...fake.world.batches[0]!, id: "b-2", source: "CRM 导出" });
    await toPreview(user);
    expect(screen.getByText("文件中的数据与现有数据完全一致，无需导入。")).toBeInTheDocument();
    expect(screen.getByTestId("import-commit")).toBeDisabled();
  });

  it("imports nothing that was not previewed: another decision wants another preview", async () => {
    const user = userEvent.setup();
    const { fake, router } = renderApp({ address: ADDRESS });
    await toPreview(user);
    // Twice back of the window: names, mapping; there something is decided; then forward twice.
    await act(() => router.history.go(-2));
    await user.click(await screen.findByRole("combobox", { name: "“销售经理”的岗位含义" }));
    await user.click(await screen.findByTitle("主管，不承担目标"));
    await act(() => router.history.go(2));
    await waitFor(() => expect(router.state.location.search).toMatchObject({ step: "preview" }));
    expect(screen.getByTestId("import-step-mapping")).toBeInTheDocument();
    expect(screen.queryByTestId("import-commit")).toBeNull();
    await user.click(screen.getByTestId("import-next"));
    await user.click(await screen.findByTestId("import-commit"));
    await screen.findByTestId("import-result");
    const roles = (name: string) => (fake.calls.findLast((call) => call.name === name)!.args as ImportRequest).decisions.files[0]?.roles;
    expect(roles("preview_import")).toEqual({ 销售经理: "manager" });
    expect(roles("commit_import"), "what was previewed").toEqual(roles("preview_import"));
  });

  it("asks again about names that were changed after the preview", async () => {
    const user = userEvent.setup();
    const { router } = renderApp({ address: ADDRESS });
    await toPreview(user);
    await act(() => router.history.back());
    await user.click(await screen.findByTestId("alias-change-专业板"));
    await user.click(screen.getByTestId("alias-no-专业板"));
    await act(() => router.history.forward());
    await waitFor(() => expect(router.state.location.search).toMatchObject({ step: "preview" }));
    expect(screen.queryByTestId("import-commit"), "the totals are of the names before").toBeNull();
  });

  it("waits for what the last decision means", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: `${ADDRESS}&step=mapping` });
    await screen.findByTestId("import-step-mapping");
    expect(screen.getByTestId("import-next")).toBeEnabled();
    fake.hold("update_import");
    await user.click(screen.getByRole("combobox", { name: "名称对应的列" }));
    // A field without a column has that title too: the option is the one in the list.
    const titled = await screen.findAllByTitle("不导入此字段");
    await user.click(titled.find((one) => one.classList.contains("ant-select-item-option"))!);
    expect(screen.getByTestId("import-next"), "the page still shows the mapping of before").toBeDisabled();
    fake.release("update_import");
    expect(await screen.findByText("还有必填字段没有对应的列。")).toBeInTheDocument();
  });

  it("shows the tax of the last time, and leaves it out when that is chosen", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    fake.world.taxRemembered = "13";
    const choice = await screen.findByTestId("import-tax");
    expect(choice).toHaveTextContent("与上次相同：含税 13%");
    expect(screen.getByTestId("import-tax-2")).toHaveTextContent("金额按含税 13% 读取");
    await user.click(within(choice).getByRole("combobox"));
    await user.click(await screen.findByTitle("不含税"));
    await waitFor(() => expect(screen.queryByTestId("import-tax-2")).toBeNull());
    const asked = fake.calls.findLast(({ name }) => name === "update_import");
    expect((asked!.args as ImportRequest).decisions.tax_included).toBe("");
  });

  it("says why no other files can be picked", async () => {
    const user = userEvent.setup();
    const { fake } = renderApp({ address: ADDRESS });
    await screen.findByTestId("import-step-files");
    fake.failNext("pick_import_files", "not_a_table", { file: "照片.png", reason: "png" });
    await user.click(screen.getByRole("button", { name: "重新选择文件" }));
    expect(await screen.findByTestId("error-state")).toHaveTextContent("照片.png");
  });

  it("keeps what was decided when the window locks itself", async () => {
    const user = userEvent.setup();
    const { fake, client } = renderApp({ address: `${ADDRESS}&step=mapping` });
    await user.click(await screen.findByRole("combobox", { name: "“销售经理”的岗位含义" }));
    await user.click(await screen.findByTitle("主管，不承担目标"));
    await waitFor(() => expect(screen.getByTestId("role-销售经理")).toHaveTextContent("主管，不承担目标"));
    await act(async () => startAnew(fake, client, await fake.call("lock_app", {}), { keepDrafts: true }));
    await user.type(await screen.findByTestId("unlock-secret"), `${PASSPHRASE}{Enter}`);
    await waitFor(() => expect(screen.getByTestId("role-销售经理")).toHaveTextContent("主管，不承担目标"));
  });

  it("goes back to mapping when the preview is gone", async () => {
    renderApp({ address: `${ADDRESS}&step=preview` });
    expect(await screen.findByTestId("import-step-mapping")).toBeInTheDocument();
  });
});

describe("the preview of rows", () => {
  const text = (words: string) => ({ code: "value_text", params: { text: words } });
  const field = (name: string, from: object, to: object) => ({ field: name, from, to, can_restore: false });
  const row = (line: number, name: string, fields: object[]) => ({
    line,
    number: name === "宏远贸易" ? "C-1" : null,
    record: { entity: "customer", id: `id-${line}`, name: text(name), fate: "changed", fields },
  });
  const file = (changed_samples: object[], more: object = {}) => ({
    index: 0,
    file: "客户.csv",
    kind: "customers",
    new_rows: 0,
    changed_rows: 241,
    unchanged_rows: 3,
    rejected_rows: 0,
    rejected: [],
    new_samples: [],
    changed_samples,
    ...more,
  });
  const nothing = { count: 0, fields: [], example: null };
  const step = (changed: object[], emptied: object = nothing, more: object = {}) => {
    const preview = {
      files: [file(changed, more)],
      aliases: [],
      controls: [],
      undecided: { rows: 0, amount: null },
      notes: [],
      disagreements: { count: 0, samples: [] },
      emptied,
      batch: null,
      nothing_to_do: false,
    } as unknown as ImportPreview;
    const draft = { session: "s", source: "crm", files: [], unreadable: [] };
    return <PreviewStep preview={preview} draft={draft} decisions={NOTHING_DECIDED} />;
  };
  const none = { code: "value_none", params: {} };
  const money = (amount: string) => ({ code: "value_money", params: { amount, currency: "CNY" } });
  const changed = [
    row(7, "宏远贸易", [field("region", text("华东"), text("华北")), field("segment", text("A"), none)]),
    row(9, "新禾食品", [field("revenue", money("1200.00"), money("1350.50"))]),
  ];

  it("shows each changed value as it is and as it would be", async () => {
    renderPart(step(changed));
    const section = within(await screen.findByTestId("preview-changed"));
    expect(section.getByText(/列出 241 行中的前 2 行/)).toBeInTheDocument();
    const rows = section.getAllByRole("row").slice(1);
    const cells = rows.map((one) => within(one).getAllByRole("cell").map((cell) => cell.textContent?.trim()));
    expect(cells).toEqual([
      ["客户.csv", "7", "宏远贸易 C-1", "地区", "华东", "华北"],
      ["客户.csv", "7", "宏远贸易", "行业", "A", "（空）"],
      ["客户.csv", "9", "新禾食品", "营业额", "1,200.00 CNY", "1,350.50 CNY"],
    ]);
    expect(screen.queryByTestId("preview-new"), "no section without rows").toBeNull();
    expect(screen.queryByTestId("preview-emptied")).toBeNull();
  });

  it("says what the totals leave out, and what stands there for other sources", async () => {
    const yuan = (amount: string) => ({ amount, currency: "CNY" });
    const control = { metric: "won_amount", period: "all", in_file: yuan("1877.33"), in_store: yuan("3444.00"), shared: true };
    const undecided = { rows: 2, amount: yuan("77.00") };
    const { unmount } = renderPart(<ControlTotals controls={[control, { ...control, period: "2026-Q1" }]} undecided={undecided} />);
    expect(await screen.findByText(/阶段未定的商机.*2 行，金额 \S*77\.00/)).toBeInTheDocument();
    expect(screen.getByText("现有，含其他来源（¥）")).toBeInTheDocument();
    expect(screen.getByText(/其他来源优先之处，以其为准/)).toBeInTheDocument();
    unmount();
    renderPart(<ControlTotals controls={[]} undecided={undecided} />);
    expect(await screen.findByText(/才知道赢单多少/)).toBeInTheDocument();
    expect(screen.queryByText("文件中没有赢单金额"), "what was won is not known").toBeNull();
  });

  /** React shows a row once where two have one key. */
  it("shows the rows of two files of one name", async () => {
    const two = (sample: string) => [0, 1].map((index) => file([], { index, [sample]: [row(7, `行 ${index}`, [field("region", text("华东"), text("华北"))])] }));
    const told = vi.spyOn(console, "error");
    renderPart(
      <>
        <ChangedRows files={two("changed_samples") as never} />
        <NewRows files={two("new_samples") as never} />
      </>,
    );
    for (const table of ["changed-rows", "new-rows"]) {
      const rows = within(await screen.findByTestId(table)).getAllByRole("row").slice(1);
      expect(rows.map((one) => /行 \d/.exec(one.textContent ?? "")?.[0])).toEqual(["行 0", "行 1"]);
    }
    expect(told.mock.calls.flat().join(" ")).not.toContain("same key");
    told.mockRestore();
  });

  it("shows what new rows are, by name", async () => {
    const user = userEvent.setup();
    renderApp({ address: ADDRESS });
    await toPreview(user);
    const deal = within(screen.getByTestId("new-rows")).getAllByRole("row")[1]!;
    expect(deal).toHaveTextContent("OP-0001");
    expect(deal).toHaveTextContent("负责人 王伟 (YF1001)");
    expect(deal).toHaveTextContent("阶段 赢单");
    expect(deal).toHaveTextContent("金额 12,800.00 CNY");
    expect(screen.queryByTestId("preview-changed")).toBeNull();
  });

  it.each([
    ["zh-CN", "会清空 244 个已有的值。 如 OP-9 的金额，现为 800.00 CNY。商机 · 金额：241、商机 · 客户：3"],
    ["en", "244 values that are here would be emptied. For example amount of OP-9, now 800.00 CNY.Opportunities · amount: 241, Opportunities · customer: 3"],
  ] as const)("warns of values that would be emptied, field by field (%s)", async (language, sentence) => {
    const fields = [
      { kind: "opportunities", field: "amount", count: 241 },
      { kind: "opportunities", field: "customer", count: 3 },
    ];
    const emptied = { count: 244, fields, example: { name: text("OP-9"), field: "amount", value: money("800.00") } };
    renderPart(step([], emptied), language);
    expect(await screen.findByTestId("preview-emptied")).toHaveTextContent(sentence);
  });
});

describe("names", () => {
  const preview = (...aliases: object[]) => ({ aliases: aliases.map((one) => ({ ...sampleAliases()[1], ...one })) }) as ImportPreview;
  function Names({ shown }: { shown: ImportPreview }) {
    const [decisions, decide] = useState(NOTHING_DECIDED);
    return (
      <>
        <NamesStep preview={shown} decisions={decisions} onDecide={decide} />
        <output>{JSON.stringify(decisions.aliases)}</output>
      </>
    );
  }

  it("decided in an earlier import can be changed", async () => {
    const user = userEvent.setup();
    renderPart(<Names shown={preview({ decided: true })} />);
    const row = await screen.findByTestId("alias-宏远贸易有限公司");
    expect(row).toHaveTextContent("以前确认，已记住");
    await user.click(screen.getByTestId("alias-change-宏远贸易有限公司"));
    await user.click(screen.getByTestId("alias-no-宏远贸易有限公司"));
    expect(screen.getByRole("status")).toHaveTextContent('{"customer:宏远贸易有限公司":null}');
    expect(row).toHaveTextContent("不是已有的名称");
  });

  it("like nothing known can be chosen by hand, and need not", async () => {
    const user = userEvent.setup();
    const shown = preview({ key: "customer:老宏远", text: "老宏远", proposal: null });
    renderPart(<Names shown={shown} />);
    const unknown = within(await screen.findByTestId("unknown-names"));
    expect(mustBeDecided(NOTHING_DECIDED, shown.aliases[0]!)).toBe(false);
    expect(mustBeDecided(NOTHING_DECIDED, preview({}).aliases[0]!), "one with a proposal").toBe(true);
    expect(mustBeDecided(NOTHING_DECIDED, preview({ kind: "person", proposal: null }).aliases[0]!), "one of a person").toBe(true);
    await user.click(unknown.getByRole("combobox"));
    await user.click(await screen.findByTitle("新禾食品"));
    expect(screen.getByRole("status")).toHaveTextContent('{"customer:老宏远":"新禾食品"}');
  });

  /** Beside a list of people "none of them" leaves rows out: whoever chooses it must know, before and after. */
  it.each([
    [true, "都不是，是新同事", "新建为同事", null],
    [false, "都不是，不导入这些行", "不是已有的人员，这些行不导入", "请先导入这个人员"],
  ] as const)("of a person say what 'none of them' does (made: %s)", async (becomes, choice, decided, text) => {
    const user = userEvent.setup();
    renderPart(<Names shown={preview({ key: "person:周七", kind: "person", text: "周七", proposal: null, becomes_person: becomes })} />);
    const row = await screen.findByTestId("alias-周七");
    if (text) expect(row).toHaveTextContent(text);
    else expect(row).not.toHaveTextContent("不会导入");
    await user.click(within(row).getByRole("button", { name: choice }));
    expect(row).toHaveTextContent(decided);
  });

  /** A typing error in a customer's name would become a new customer unseen. */
  it("near a known one is told, waits for nobody, and is taken for it by a click", async () => {
    const user = userEvent.setup();
    const shown = preview({ key: "customer:宏远贸意", text: "宏远贸意", proposal: null, near: ["宏远贸易"] });
    expect(mustBeDecided(NOTHING_DECIDED, shown.aliases[0]!)).toBe(false);
    renderPart(<Names shown={shown} />);
    await user.click(await screen.findByRole("button", { name: "可能是“宏远贸易”" }));
    expect(screen.getByRole("status")).toHaveTextContent('{"customer:宏远贸意":"宏远贸易"}');
  });
});

describe("orders of dates", () => {
  const file = (column: string | null, date_order: string | null, order: string) =>
    ({
      fields: [{ field: "closed_on", required: false, column, date_order }],
      evidence: [{ code: "evidence_dates", params: { field: "closed_on", order } }],
    }) as unknown as ImportFile;

  it("are open where the values need one that nobody knows", () => {
    expect(undecidedOrders(file("d", null, "undecided"))).toHaveLength(1);
    expect(undecidedOrders(file("d", null, "")), "the values need none").toEqual([]);
    expect(undecidedOrders(file("d", "day_first", "undecided")), "chosen").toEqual([]);
    expect(undecidedOrders(file(null, null, "undecided")), "not imported").toEqual([]);
  });
});

describe("decisions", () => {
  it("change without touching what came before", () => {
    const first = chooseColumn(NOTHING_DECIDED, 0, "name", "姓名");
    const second = skipFile(first, 0, true);
    expect(decisionOn(first, 0)).toMatchObject({ skip: false, columns: { name: "姓名" } });
    expect(decisionOn(second, 0)).toMatchObject({ skip: true, columns: { name: "姓名" } });
    expect(decisionOn(chooseKind(second, 0, "products"), 0).columns, "other fields").toEqual({});
    expect(NOTHING_DECIDED.files).toEqual({});
  });

  it("on a column's dates do not hold for another column", () => {
    const ordered = chooseDateOrder(NOTHING_DECIDED, 0, "closed_on", "day_first");
    const both = chooseDateOrder(ordered, 0, "opened_on", "day_first");
    expect(decisionOn(chooseColumn(both, 0, "closed_on", "结束"), 0).date_orders).toEqual({ opened_on: "day_first" });
  });

  it("take only open proposals", () => {
    const alias = (key: string, proposal: string | null) => ({ key, proposal, decided: false }) as never;
    const preview = { aliases: [alias("a", "A"), alias("b", "B"), alias("c", null)] } as never;
    const decided = takeProposals(chooseName(NOTHING_DECIDED, "a", null), preview);
    expect(decided.aliases).toEqual({ a: null, b: "B" });
    expect(chooseName(decided, "b", undefined).aliases).toEqual({ a: null });
  });
});
