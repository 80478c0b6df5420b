import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/data/mappings";
const REMEMBERED = `people:${"a".repeat(32)}`;

it("a mapping is renamed, and a name that is taken is refused in the dialog", async () => {
  const user = userEvent.setup();
  renderApp({ address: ADDRESS });
  await user.click(await screen.findByTestId("name-mapping-CRM 商机"));
  const field = await screen.findByTestId("mapping-name");
  expect(field).toHaveValue("CRM 商机");
  await user.clear(field);
  await user.type(field, "商机月报");
  await user.click(screen.getByTestId("name-mapping-save"));
  expect(await screen.findByTestId("use-mapping-商机月报")).toBeInTheDocument();
  expect(screen.queryByTestId("use-mapping-CRM 商机")).toBeNull();

  // A remembered one gets a copy with the name, and may not take another's.
  await user.click(screen.getByTestId(`name-mapping-${REMEMBERED}`));
  await user.type(await screen.findByTestId("mapping-name"), "商机月报");
  await user.click(screen.getByTestId("name-mapping-save"));
  expect(await screen.findByTestId("error-state")).toHaveTextContent("商机月报");
  await user.type(screen.getByTestId("mapping-name"), "2");
  await user.click(screen.getByTestId("name-mapping-save"));
  expect(await screen.findByTestId("use-mapping-商机月报2")).toBeInTheDocument();
  expect(screen.getByTestId(`use-mapping-${REMEMBERED}`)).toBeInTheDocument();
});

it("a mapping is shared as TOML, added from TOML, and deleted only after a yes", async () => {
  const user = userEvent.setup();
  const { fake } = renderApp({ address: ADDRESS });
  expect(await screen.findByText("按表头记住，来源 erp")).toBeInTheDocument();
  await user.click(await screen.findByTestId("export-mapping-CRM 商机"));
  expect(await screen.findByText("已保存 mapping - CRM 商机.toml")).toBeInTheDocument();
  await user.click(screen.getByTestId("import-mapping"));
  const table = await screen.findByTestId("mapping-table");
  await waitFor(() => expect(table).toHaveTextContent("发票导出"));
  await user.click(screen.getByTestId("delete-mapping-CRM 商机"));
  expect(await screen.findAllByText("删除映射“CRM 商机”？")).not.toHaveLength(0);
  expect(fake.calls.some(({ name }) => name === "delete_mapping")).toBe(false);
  await user.click(screen.getByTestId("delete-mapping-confirm"));
  await waitFor(() => expect(screen.queryByTestId("use-mapping-CRM 商机")).toBeNull());
});

it("an import is begun with a mapping", async () => {
  const user = userEvent.setup();
  const { fake, router } = renderApp({ address: ADDRESS });
  await user.click(await screen.findByTestId("use-mapping-CRM 商机"));
  await waitFor(() => expect(router.state.location.pathname).toBe("/data/import"));
  const picked = fake.calls.find(({ name }) => name === "pick_import_files");
  expect(picked?.args).toEqual({ folder: false, profile: "CRM 商机" });
});

it("waits, fails and recovers; a file that is no mapping says so", async () => {
  const user = userEvent.setup();
  const { fake, unmount } = renderApp({ address: ADDRESS, holds: ["list_mappings"] });
  await waits("字段映射", () => fake.release("list_mappings"), () => screen.findByTestId("mapping-table"));
  fake.failNext("import_mapping", "store_failed", { detail: "disk full" });
  await user.click(screen.getByTestId("import-mapping"));
  expect(await screen.findByTestId("error-state")).toHaveTextContent("disk full");
  unmount();
  renderApp({ address: ADDRESS, fails: { list_mappings: "store_failed" } });
  await recovers(async () => within(await screen.findByTestId("mapping-table")).getAllByRole("row"));
});
