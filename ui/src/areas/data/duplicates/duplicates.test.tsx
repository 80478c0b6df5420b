import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import type { CustomerCard } from "../../../backend/generated";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";
import { richer } from "./richer";

const ADDRESS = "/data/duplicates";

async function openPair() {
  const user = userEvent.setup();
  await user.click(await screen.findByText("宏远贸易有限公司"));
  const drawer = await screen.findByTestId("compare-table");
  return { user, drawer };
}

it("two customers are merged only after a yes, into the one that was chosen, and can be taken apart", async () => {
  const { fake } = renderApp({ address: ADDRESS });
  expect(await screen.findByTestId("duplicate-table")).toHaveTextContent("名称相同（不计公司类型）、电话相同");
  const { user, drawer } = await openPair();
  expect(drawer).toHaveTextContent("王芳 13800000000");
  expect(drawer).toHaveTextContent("CRM · C-1001");
  // The one with more records is proposed to stay; a person may want the other one.
  expect(within(drawer).getByRole("radio", { name: "保留“宏远贸易”" })).toBeChecked();
  // What the one that is given up has beside it is told, and changes with the choice.
  expect(screen.getByTestId("given-up")).toHaveTextContent("“宏远贸易有限公司”合并后会怎样");
  expect(screen.getByTestId("given-up")).toHaveTextContent("其余内容与“宏远贸易”相同");
  await user.click(within(drawer).getByRole("radio", { name: "保留“宏远贸易有限公司”" }));
  expect(screen.getByTestId("given-up")).toHaveTextContent(/不会带过去，以“宏远贸易有限公司”的为准.*“上海”/);
  expect(screen.getByTestId("given-up")).toHaveTextContent("拆开后，它自己的内容照旧");
  await user.click(screen.getByTestId("merge"));
  expect((await screen.findAllByText("把“宏远贸易”并入“宏远贸易有限公司”？")).length).toBeGreaterThan(0);
  expect(screen.getByText("有 5 条记录归到“宏远贸易有限公司”名下。")).toBeInTheDocument();
  expect(fake.calls.some(({ name }) => name === "merge_customers")).toBe(false);
  // What Ctrl+Z would take back lies behind the question.
  await user.keyboard("{Control>}z{/Control}");
  expect(fake.calls.some(({ name }) => name === "get_last_action" || name === "undo_change")).toBe(false);
  await user.click(screen.getByTestId("merge-confirm"));
  const merge = () => fake.calls.find(({ name }) => name === "merge_customers");
  await waitFor(() => expect(merge()?.args).toEqual({ customer: "k-1", into: "k-2" }));
  const merged = await screen.findByTestId("merged");
  expect(merged).toHaveTextContent("宏远贸易 (CRM C-1001)");
  expect(screen.getByText("没有相似的客户")).toBeInTheDocument();

  await user.click(screen.getByTestId("unmerge-k-1"));
  expect(await screen.findByText(/之后文件为被并入的客户带来的，都还给它/)).toBeInTheDocument();
  await user.click(await screen.findByTestId("unmerge-confirm"));
  await waitFor(() => expect(screen.queryByTestId("merged")).toBeNull());
  expect(await screen.findByTestId("duplicate-table")).toHaveTextContent("宏远贸易有限公司");
});

it("the record of which more is known is proposed to stay, whichever has more records", () => {
  const card = (id: string, fields: string[], count: number) =>
    ({
      customer: { id, name: id, source: "crm", external_id: id },
      fields: fields.map((field) => ({ field, value: "x" })),
      rows: [{ count }],
    }) as unknown as CustomerCard;
  const known = card("known", ["region", "customer_type"], 1);
  const poor = card("poor", ["region"], 9);
  expect([richer(known, poor), richer(poor, known)].map((one) => one.customer.id)).toEqual(["known", "known"]);
  const busy = card("busy", ["region"], 10);
  expect([richer(busy, poor), richer(poor, busy)].map((one) => one.customer.id)).toEqual(["busy", "busy"]);
});

it("what is not the same is remembered, listed, and proposed again on request", async () => {
  renderApp({ address: ADDRESS });
  const { user } = await openPair();
  await user.click(screen.getByTestId("keep-apart"));
  expect(await screen.findByTestId("apart")).toHaveTextContent("宏远贸易有限公司 (erp 88)");
  expect(screen.getByText("没有相似的客户")).toBeInTheDocument();
  await user.click(screen.getByTestId("forget-k-1"));
  expect(await screen.findByTestId("duplicate-table")).toBeInTheDocument();
  expect(screen.queryByTestId("apart")).toBeNull();
});

it("a merge that fails says why and leaves both as they were", async () => {
  const { fake } = renderApp({ address: ADDRESS });
  const { user } = await openPair();
  fake.failNext("merge_customers", "store_failed", { detail: "disk full" });
  await user.click(screen.getByTestId("merge"));
  await user.click(await screen.findByTestId("merge-confirm"));
  expect(await screen.findByTestId("error-state")).toHaveTextContent("disk full");
  expect(screen.getByTestId("compare-table")).toBeInTheDocument();
  expect(screen.queryByTestId("merged")).toBeNull();
});

it("waits, fails and recovers", async () => {
  const { fake, unmount } = renderApp({ address: ADDRESS, holds: ["list_duplicates"] });
  await waits("重复客户", () => fake.release("list_duplicates"), () => screen.findByTestId("duplicate-table"));
  unmount();
  renderApp({ address: ADDRESS, fails: { list_duplicates: "store_failed" } });
  await recovers(() => screen.findByTestId("duplicate-table"));
});
