import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { renderApp } from "../../../test/render";

it("a folder is chosen by a dialog of the program, never named by the page", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: "/data/watching" });
  expect(await screen.findByText("还没有监视任何文件夹")).toBeInTheDocument();
  await user.click(screen.getByTestId("watch-add"));
  await user.click(await screen.findByTestId("watch-choose"));
  expect(await screen.findByTestId("folder-table")).toHaveTextContent("/home/hr/exports");
  const call = fake.calls.find((one) => one.name === "watch_folder");
  expect(call?.args).toEqual({ profile: null, source: "crm", kind: null });
});

it("a file that waits says why and opens the import", async () => {
  const user = userEvent.setup();
  const { fake, router } = renderApp({ address: "/data/watching", watched: true });
  const table = await screen.findByTestId("file-table");
  expect(table).toHaveTextContent("等待处理");
  expect(table).toHaveTextContent("还没有确认过字段映射（备用名）");
  await user.click(screen.getByTestId("open-new.csv"));
  expect(fake.calls.some((one) => one.name === "open_watched_file")).toBe(true);
  await expect.poll(() => router.state.location.pathname).toBe("/data/import");
});

it("a failed file can be tried again, a taken one undone", async () => {
  const user = userEvent.setup();
  renderApp({ address: "/data/watching", watched: true });
  await user.click(await screen.findByTestId("retry-bad.xlsx"));
  await expect.poll(() => screen.queryByTestId("retry-bad.xlsx")).toBeNull();
  await user.click(screen.getByTestId("undo-deals-11.csv"));
  expect(await screen.findByTestId("undo-batch")).toBeInTheDocument();
});
