import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { PASSPHRASE } from "../../backend/fake/keeping";
import type { RestoreStore } from "../../backend/generated";
import { renderApp, renderPart } from "../../test/render";
import { recovers } from "../../test/states";
import { Backup } from "./Backup";
import { Keys } from "./Keys";
import { Stores } from "./Stores";
import { useRead } from "../../backend/query";

function KeysWithStatus() {
  const status = useRead("get_status", {}).data;
  return status ? <Keys status={status} /> : null;
}

it("a recovery code is made by who knows the passphrase, and shown until it is kept", async () => {
  const user = userEvent.setup();
  const { fake } = renderPart(<KeysWithStatus />);
  await user.click(await screen.findByTestId("keys-recovery"));
  await user.type(await screen.findByTestId("recovery-current"), "wrong{Enter}");
  expect(await screen.findByTestId("error-state")).toHaveTextContent("口令不对");
  expect(screen.queryByTestId("recovery-code")).toBeNull();
  await user.clear(screen.getByTestId("recovery-current"));
  await user.type(screen.getByTestId("recovery-current"), `${PASSPHRASE}{Enter}`);
  expect(await screen.findByTestId("recovery-code")).toHaveTextContent("7K2M-");
  expect(screen.getByTestId("recovery-done")).toBeDisabled();
  await user.click(screen.getByTestId("recovery-kept"));
  expect(screen.getByTestId("recovery-done")).toBeEnabled();
  expect(fake.world.keeping.recovery).not.toBeNull();
});

it("a store without encryption offers to encrypt and cannot be locked", async () => {
  const { fake } = renderPart(<KeysWithStatus />);
  fake.world.keeping.passphrase = null;
  expect(await screen.findByTestId("keys-passphrase")).toHaveTextContent("设定口令并加密");
  expect(screen.queryByTestId("lock-now")).toBeNull();
  expect(screen.queryByTestId("keys-recovery")).toBeNull();
});

it("says why the keys cannot be read, and tries again", async () => {
  renderApp({ address: "/settings", fails: { get_key_state: "store_failed" } });
  await recovers(() => screen.findByTestId("keys-passphrase"));
});

it("the daily backup is turned off and on", async () => {
  const user = userEvent.setup();
  const { fake } = renderPart(<Backup />);
  const daily = await screen.findByTestId("backup-daily");
  expect(daily).toBeChecked();
  await user.click(daily);
  await waitFor(() => expect(daily).not.toBeChecked());
  expect(fake.world.keeping.settings).toEqual({ daily: false, days: 7, weeks: 4 });
});

it("another company's store is opened from the list", async () => {
  const user = userEvent.setup();
  const { fake } = renderPart(<Stores />);
  const list = await screen.findByTestId("stores");
  expect(within(list).getAllByRole("listitem")).toHaveLength(2);
  await user.click(within(list).getByTestId("store-open"));
  await waitFor(() => expect(fake.world.keeping.present).toBe("/data/haifeng"));
});

it("the number of daily copies is written once, when it is typed", async () => {
  const user = userEvent.setup();
  const { fake } = renderPart(<Backup />);
  const days = await screen.findByTestId("backup-days");
  await user.clear(days);
  await user.type(days, "14");
  const written = () => fake.calls.filter(({ name }) => name === "set_backup_settings");
  expect(written(), "one is not fourteen").toHaveLength(0);
  const weeks = screen.getByTestId("backup-weeks");
  await user.clear(weeks);
  await user.type(weeks, "9{Enter}");
  await waitFor(() => expect(fake.world.keeping.settings).toEqual({ daily: true, days: 14, weeks: 9 }));
  expect(written().map(({ args }) => args)).toEqual([
    { daily: true, days: 14, weeks: 4 },
    { daily: true, days: 14, weeks: 9 },
  ]);
});

/** What is replaced is out of sight: a personal file must not take the place of a company's data unasked. */
it("says whose personal file it is and asks before it takes the place of the data", async () => {
  const user = userEvent.setup();
  const { fake } = renderPart(<Backup />);
  await user.click(await screen.findByTestId("restore-pick"));
  await user.type(await screen.findByTestId("restore-secret"), PASSPHRASE);
  fake.failNext("restore_store", "restore_asks", { name: "王伟", company: "云帆科技", count: "2" });
  await user.click(screen.getByTestId("restore-confirm"));
  const asked = await screen.findByTestId("restore-asks");
  expect(asked).toHaveTextContent("这是云帆科技的王伟的个人文件");
  expect(asked).toHaveTextContent("还有 2 条内容没有发回");
  expect(document.body, "a question is no failure to look up").not.toHaveTextContent("日志编号");
  expect(screen.getByTestId("restore-confirm")).toHaveTextContent("仍然取代");
  const runs = () => fake.calls.filter(({ name }) => name === "restore_store").length;
  // An impatient second Enter is no answer.
  await user.type(screen.getByTestId("restore-secret"), "{Enter}{Enter}");
  expect(screen.getByTestId("restore-confirm")).toBeDisabled();
  expect(runs()).toBe(1);
  await user.click(screen.getByTestId("restore-replace"));
  await user.click(screen.getByTestId("restore-confirm"));
  const replaced = () => fake.calls.filter(({ name }) => name === "restore_store").map(({ args }) => (args as RestoreStore).replace);
  await waitFor(() => expect(replaced()).toEqual([false, true]));
});

/** Whoever restores must know what opens the data tomorrow. */
it("says what opens the restored data from now on", async () => {
  const user = userEvent.setup();
  renderPart(<Backup />);
  await user.click(await screen.findByTestId("restore-pick"));
  await user.type(await screen.findByTestId("restore-secret"), `${PASSPHRASE}{Enter}`);
  expect(await screen.findByText(/从现在起，只能用备份的口令或恢复码打开数据：2026-11-02.*设定的口令/)).toBeInTheDocument();
});

it("a backup is restored once, and not without its secret", async () => {
  const user = userEvent.setup();
  const { fake } = renderPart(<Backup />);
  await user.click(await screen.findByTestId("restore-pick"));
  const secret = await screen.findByTestId("restore-secret");
  await user.type(secret, "{Enter}");
  const restores = () => fake.calls.filter(({ name }) => name === "restore_store").length;
  expect(restores(), "nothing was typed").toBe(0);
  fake.hold("restore_store");
  await user.type(secret, `${PASSPHRASE}{Enter}{Enter}`);
  expect(restores()).toBe(1);
  fake.release("restore_store");
});
