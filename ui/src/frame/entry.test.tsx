import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { PASSPHRASE } from "../backend/fake/keeping";
import { renderApp } from "../test/render";

it("a new store asks how it is to be kept, and shows nothing else", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ state: "new", address: "/settings" });
  const [first, again] = [await screen.findByTestId("passphrase-new"), screen.getByTestId("passphrase-again")];
  await user.type(first, "short");
  await user.type(again, "other{Enter}");
  expect(await screen.findByText("至少需要 8 个字符")).toBeInTheDocument();
  expect(await screen.findByText("两次输入不一致")).toBeInTheDocument();
  expect(fake.calls.some(({ name }) => name === "create_store")).toBe(false);
  await user.clear(again);
  await user.type(first, "long");
  await user.type(again, "shortlong{Enter}");
  await waitFor(() => expect(screen.queryByTestId("store-new")).toBeNull());
  expect(fake.world.keeping.passphrase).toBe("shortlong");
});

it("without encryption only after an explanation", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ state: "new" });
  await user.click(await screen.findByTestId("create-plain"));
  expect(await screen.findByText(/电脑丢失即等于泄露/)).toBeInTheDocument();
  expect(fake.world.state).toBe("new");
  await user.click(screen.getByTestId("plain-confirm"));
  expect(await screen.findByTestId("welcome")).toBeInTheDocument();
  expect(fake.world.keeping.passphrase).toBeNull();
});

it("an encrypted store opens by its passphrase; a wrong one is told and forgotten", async () => {
  const user = userEvent.setup();
  renderApp({ state: "locked", address: "/goals" });
  const field = await screen.findByTestId("unlock-secret");
  await user.type(field, "wrong one{Enter}");
  expect(await screen.findByTestId("error-state")).toHaveTextContent("口令不对");
  expect(field).toHaveValue("");
  await user.type(field, `${PASSPHRASE}{Enter}`);
  await waitFor(() => expect(screen.queryByTestId("store-locked")).toBeNull());
});

it("a locked window shows no page until it is unlocked", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/settings" });
  await user.click(await screen.findByTestId("lock-now"));
  expect(await screen.findByTestId("store-locked")).toBeInTheDocument();
  expect(screen.queryByTestId("company-name")).toBeNull();
  expect(screen.getByTestId("top-bar")).not.toHaveTextContent("云帆科技");
  await user.type(screen.getByTestId("unlock-secret"), `${PASSPHRASE}{Enter}`);
  expect(await screen.findByTestId("company-name")).toBeInTheDocument();
});

it("a backup is restored after a question, with its passphrase", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ state: "unavailable" });
  expect(await screen.findByTestId("store-retry")).toBeInTheDocument();
  expect(screen.queryByTestId("restore-pick")).toBeNull();
  fake.world.keeping.damaged = true;
  await user.click(screen.getByTestId("store-retry"));
  await user.click(await screen.findByTestId("restore-pick"));
  const confirm = await screen.findByTestId("restore-confirm");
  expect(confirm).toBeDisabled();
  await user.type(screen.getByTestId("restore-secret"), "wrong one");
  await user.click(confirm);
  expect(await within(screen.getByRole("dialog")).findByTestId("error-state")).toHaveTextContent("口令不对");
  await user.clear(screen.getByTestId("restore-secret"));
  await user.type(screen.getByTestId("restore-secret"), PASSPHRASE);
  await user.click(confirm);
  expect(await screen.findByText(/已恢复 1,180 条商机/)).toBeInTheDocument();
  expect(fake.calls.filter(({ name }) => name === "restore_store")).toHaveLength(2);
});

it("an unencrypted backup takes the place of encrypted data only after a person's word", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ state: "unavailable" });
  fake.world.keeping.damaged = true;
  fake.world.keeping.plainBackup = true;
  await user.click(await screen.findByTestId("store-retry"));
  await user.click(await screen.findByTestId("restore-pick"));
  const confirm = await screen.findByTestId("restore-confirm");
  expect(confirm).toBeDisabled();
  await user.click(screen.getByTestId("restore-plain"));
  await user.click(confirm);
  expect(await screen.findByText(/已恢复 1,180 条商机/)).toBeInTheDocument();
});

it("a locked window opens no palette, and comes back without the one it was locked under", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/settings" });
  await screen.findByTestId("lock-now");
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("dialog");
  // As when the window locks by itself.
  fireEvent.click(screen.getByTestId("lock-now"));
  await screen.findByTestId("store-locked");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("{Control>}k{/Control}");
  expect(screen.queryByTestId("palette-open")).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.type(screen.getByTestId("unlock-secret"), `${PASSPHRASE}{Enter}`);
  expect(await screen.findByTestId("company-name")).toBeInTheDocument();
  expect(screen.queryByRole("dialog")).toBeNull();
});

/** A toast names paths, counts and people: whoever passes by a locked window reads none of it. */
it("a window that locks takes its toasts away", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/settings" });
  await user.click(await screen.findByTestId("backup-run"));
  expect(await screen.findByText(/yeji-2026-11-24\.yejibackup/)).toBeInTheDocument();
  await user.click(await screen.findByTestId("lock-now"));
  await screen.findByTestId("store-locked");
  await waitFor(() => expect(screen.queryByText(/yeji-2026-11-24\.yejibackup/)).toBeNull());
});
