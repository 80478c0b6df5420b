import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { renderApp } from "../../../test/render";
import { recovers } from "../../../test/states";

async function makeFirst(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByTestId("account-add"));
  await user.type(await screen.findByTestId("account-name"), "孟洁");
  await user.type(screen.getByTestId("account-password"), "correct horse");
  await user.click(screen.getByTestId("account-save"));
  await screen.findByTestId("signed-in");
}

it("the first account is one of HR, and whoever makes it goes on as it", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  await makeFirst(user);
  const call = fake.calls.find(({ name }) => name === "add_account");
  expect(call?.args).toEqual({ name: "孟洁", role: "hr", person: null, password: "correct horse" });
  expect(screen.getByTestId("signed-in")).toHaveTextContent("孟洁");
  expect(await screen.findByTestId("account-table")).toHaveTextContent("人事");
});

it("refuses a short password beside the field, and says why the program refused", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings", fails: { add_account: "store_failed" } });
  await user.click(await screen.findByTestId("account-add"));
  await user.type(await screen.findByTestId("account-name"), "孟洁");
  await user.type(screen.getByTestId("account-password"), "七个字的密码吗");
  await user.click(screen.getByTestId("account-save"));
  expect(await screen.findByText("密码至少需要 8 个字符")).toBeInTheDocument();
  expect(fake.calls.some(({ name }) => name === "add_account")).toBe(false);
  await user.type(screen.getByTestId("account-password"), "！");
  await user.click(screen.getByTestId("account-save"));
  expect(await screen.findByTestId("error-state")).toHaveTextContent("disk full");
  expect(screen.getByTestId("account-name")).toHaveValue("孟洁");
});

it("switches the company's policies", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  await makeFirst(user);
  const pay = await screen.findByTestId("policy-manager_sees_pay");
  expect(pay).toHaveAttribute("aria-checked", "false");
  await user.click(pay);
  await waitFor(() => expect(screen.getByTestId("policy-manager_sees_pay")).toHaveAttribute("aria-checked", "true"));
  expect(fake.world.accounts.policies).toEqual({ manager_sees_pay: true, board_amounts: false });
});

it("disables an account, and says when it is the last of HR", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  await makeFirst(user);
  await user.click(await screen.findByTestId("account-actions-孟洁"));
  fake.failNext("set_account_disabled", "last_hr_account", { name: "孟洁" });
  await user.click(await screen.findByText("停用"));
  expect(await screen.findByTestId("error-state")).toHaveTextContent("“孟洁”是最后一个可用的人事账号");
});

it("changes one's own password", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  await makeFirst(user);
  const form = await screen.findByTestId("own-password");
  await user.type(within(form).getByTestId("password-old"), "correct horse");
  await user.type(within(form).getByTestId("password-new"), "battery staple");
  await user.click(within(form).getByTestId("password-save"));
  expect(await screen.findByText("密码已更改")).toBeInTheDocument();
  expect(fake.world.accounts.all[0]?.password).toBe("battery staple");
});

it("says why the accounts cannot be read, and tries again", async () => {
  renderApp({ address: "/settings", fails: { list_accounts: "store_failed" } });
  await recovers(() => screen.findByText("还没有账号"));
});
