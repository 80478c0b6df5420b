import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { renderApp } from "../../test/render";
import { recovers, waits } from "../../test/states";

it("language and theme switch at once and are kept", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  const language = await screen.findByTestId("settings-language");
  await user.click(within(language).getByText("English"));
  expect(await screen.findByRole("heading", { level: 1, name: "Settings" })).toBeInTheDocument();
  expect(document.documentElement.lang).toBe("en");
  await user.click(within(screen.getByTestId("settings-theme")).getByText("Dark"));
  await waitFor(() => expect(document.documentElement.dataset["theme"]).toBe("dark"));
  expect(fake.world.preferences).toEqual({ language: "en", theme: "dark" });
});

it("sets a target bonus for the chosen people, as typed", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  const table = await screen.findByTestId("target-bonus-table");
  await user.click(within(table).getByRole("checkbox", { name: "选择 李娜" }));
  await user.type(screen.getByTestId("bonus-amount"), "8,000.5");
  await user.click(screen.getByTestId("bonus-set"));
  await waitFor(() => expect(within(table).getByText("8,000.50")).toBeInTheDocument());
  const call = fake.calls.find(({ name }) => name === "set_target_bonuses");
  expect(call?.args).toEqual({ people: ["p-2"], per_quarter: "8000.5", from: "2026-01-01" });
});

it("refuses what is not an amount, beside the field", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/settings" });
  await user.type(await screen.findByTestId("bonus-amount"), "五千");
  await user.click(screen.getByTestId("bonus-set"));
  expect(await screen.findByText("请填写不小于 0 的金额")).toBeInTheDocument();
  expect(fake.calls.some(({ name }) => name === "set_target_bonuses")).toBe(false);
});

it("shows each check of the data file", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/settings" });
  await user.click(await screen.findByTestId("verify-run"));
  const result = await screen.findByTestId("verify-result");
  expect(within(result).getAllByRole("listitem")).toHaveLength(7);
  expect(result).toHaveTextContent("汇总与明细一致");
});

it("renames the company everywhere", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/settings" });
  const name = await screen.findByTestId("company-name");
  await user.clear(name);
  await user.type(name, "海风科技");
  await user.click(screen.getByTestId("company-save"));
  await waitFor(() => expect(screen.getByTestId("top-bar")).toHaveTextContent("海风科技"));
});

describe("while it waits, and when it fails", () => {
  it("the target bonuses load under the page's name", async () => {
    const { fake } = renderApp({ address: "/settings", holds: ["list_target_bonuses"] });
    await waits("设置", () => fake.release("list_target_bonuses"), () => screen.findByTestId("target-bonus-table"));
  });

  it("says why the target bonuses cannot be read, and tries again", async () => {
    renderApp({ address: "/settings", fails: { list_target_bonuses: "store_failed" } });
    await recovers(() => screen.findByTestId("target-bonus-table"));
  });

  it.each([
    ["backup_store", "backup-run", () => screen.findByText(/已备份到/)],
    ["verify_store", "verify-run", () => screen.findByTestId("verify-result")],
    ["rename_company", "company-save", () => screen.findByText("已保存")],
  ] as const)("says why %s failed, and tries again", async (name, button, done) => {
    renderApp({ address: "/settings", fails: { [name]: "store_failed" } });
    await userEvent.click(await screen.findByTestId(button));
    await recovers(done);
  });

  it("keeps what was typed when the target bonus could not be set", async () => {
    const user = userEvent.setup();
    renderApp({ address: "/settings", fails: { set_target_bonuses: "store_failed" } });
    await user.type(await screen.findByTestId("bonus-amount"), "8000");
    await user.click(screen.getByTestId("bonus-set"));
    await screen.findByTestId("error-state");
    expect(screen.getByTestId("bonus-amount")).toHaveValue("8000");
    await recovers(async () => expect(await screen.findAllByText("8,000.00")).not.toHaveLength(0));
  });
});

it("a toast stands at the bottom right with at most one other, and never covers the top bar", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/settings" });
  const save = await screen.findByTestId("company-save");
  for (let time = 0; time < 4; time += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one click after the other
    await user.click(save);
  }
  // All four came; the first two have gone before their time.
  await waitFor(() => expect(screen.getAllByText("已保存")).toHaveLength(2));
  for (const toast of screen.getAllByText("已保存")) expect(toast.closest(".ant-notification-bottomRight")).not.toBeNull();
  expect(document.querySelector(".ant-message")).toBeNull();
});
