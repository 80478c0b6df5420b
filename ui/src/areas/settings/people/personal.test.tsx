import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { renderApp } from "../../../test/render";
import { recovers } from "../../../test/states";

it("makes a personal file for somebody, with a passphrase of its own", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  expect(await screen.findByText("还没有生成过个人文件")).toBeInTheDocument();
  await user.click(screen.getByTestId("personal-make"));
  await user.click(await screen.findByRole("combobox", { name: "人员" }));
  await user.click(await screen.findByText("李娜 YF1002 上海一组"));
  await user.type(await screen.findByTestId("passphrase-new"), "口令要长一些才行");
  await user.type(screen.getByTestId("passphrase-again"), "口令要长一些才行");
  await user.click(screen.getByTestId("passphrase-set"));
  expect(await screen.findByTestId("personal-table")).toHaveTextContent("李娜 YF1002");
  const call = fake.calls.find(({ name }) => name === "export_personal_file");
  expect(call?.args).toEqual({ person: "p-2", passphrase: "口令要长一些才行" });
});

it("shows what a file that came back holds before it is taken in", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  const line = { what: "call", about: "宏远贸易", day: "2026-11-20", words: "想要第二台", reason: null };
  fake.world.personal.returns = {
    file: "li.yejireturn",
    name: "李娜",
    staff_number: "YF1002",
    number: "YF1002",
    role: "sales",
    written_at: "2026-11-24T08:00:00Z",
    new: 1,
    known: 0,
    refused: 1,
    lines: [
      { ...line, state: "new" },
      { ...line, state: "refused", reason: { code: "return_customer_gone", params: {} } },
    ],
  };
  await user.click(await screen.findByTestId("return-pick"));
  expect(await screen.findByText(/李娜 YF1002（销售）/)).toBeInTheDocument();
  expect(await screen.findByTestId("return-counts")).toHaveTextContent("新增 1，已有 0，拒收 1");
  expect(screen.getByTestId("return-lines")).toHaveTextContent("对应的客户已不在数据中");
  expect(fake.calls.some(({ name }) => name === "import_return")).toBe(false);
  await user.click(screen.getByTestId("return-take"));
  expect(await screen.findByText("已接收 李娜 YF1002 的 1 条内容，可在“数据”中撤销")).toBeInTheDocument();
});

it("says why a file that came back is refused, and changes nothing", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  fake.failNext("pick_return", "return_damaged", { path: "/x/li.yejireturn" });
  await user.click(await screen.findByTestId("return-pick"));
  expect(await screen.findByTestId("error-state")).toHaveTextContent("不完整，或写入之后被改动");
});

it("says why the personal files cannot be read, and tries again", async () => {
  renderApp({ address: "/settings", fails: { list_personal_files: "store_failed" } });
  await recovers(() => screen.findByText("还没有生成过个人文件"));
});

it("a personal file says whose it is, takes feedback and a follow-up, and sends them back", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/performance", personal: true });
  expect(await screen.findByTestId("personal-strip")).toHaveTextContent("这是王伟（销售）的个人文件，文件制作于 2026-11-24");
  await user.click(screen.getByTestId("send-back"));
  // Said once: in the strip it would stay on every page.
  expect(await screen.findByText(/还没有填写内容/)).toBeInTheDocument();
  expect(within(screen.getByTestId("personal-strip")).queryByTestId("error-state")).toBeNull();

  await user.click(screen.getByTestId("feedback-open"));
  await user.type(await screen.findByTestId("feedback-words"), "价目表旧了");
  await user.click(screen.getByTestId("feedback-save"));
  await waitFor(() => expect(fake.world.personal.feedback).toHaveLength(1));

  await user.click(await screen.findByTestId("tile-won_amount"));
  const table = await screen.findByTestId("record-table");
  const [, first] = within(table).getAllByRole("row");
  await user.click(first as HTMLElement);
  const drawer = await screen.findByTestId("follow-ups");
  await user.type(within(drawer).getByTestId("follow-up-words"), "下周再谈");
  await user.click(within(drawer).getByTestId("follow-up-save"));
  expect(await within(drawer).findByText("下周再谈")).toBeInTheDocument();
  expect(screen.queryByTestId("drawer-history")).toBeNull();

  await user.click(screen.getByTestId("send-back"));
  expect(await screen.findByText(/已写入 2 条：\/home\/back\.yejireturn/)).toBeInTheDocument();
});
