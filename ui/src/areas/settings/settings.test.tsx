import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { renderApp } from "../../test/render";

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
  expect(within(result).getAllByRole("listitem")).toHaveLength(6);
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
