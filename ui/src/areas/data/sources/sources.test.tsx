import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";

import { renderApp } from "../../../test/render";
import { moved } from "./order";

const renderDispute = () => renderApp({ address: "/data/sources", sources: ["crm", "erp"] });

it("shows what each source says, and takes the other value", async () => {
  const user = userEvent.setup();
  renderDispute();
  const table = await screen.findByTestId("disagreement-table");
  expect(table).toHaveTextContent("华讯科技");
  expect(table).toHaveTextContent("按来源顺序");
  await user.click(screen.getByTestId("take-c-1-region-erp"));
  expect(await screen.findByText("已采用 华北")).toBeInTheDocument();
  expect(await screen.findByText("人工选定")).toBeInTheDocument();
});

it("another order is one click", async () => {
  const user = userEvent.setup();
  const { fake } = renderDispute();
  await user.click(await screen.findByTestId("up-erp"));
  expect(fake.world.sourceOrder).toEqual(["erp", "crm"]);
  expect(await screen.findByText("顺序已生效，随之改变的记录：1")).toBeInTheDocument();
});

it("says that there is nothing in dispute", async () => {
  renderApp({ address: "/data/sources" });
  const section = await screen.findByTestId("disagreements");
  expect(await within(section).findByText("各来源没有不一致之处")).toBeInTheDocument();
});

it("moving at the ends changes nothing", () => {
  expect(moved(["a", "b"], "a", -1)).toEqual(["a", "b"]);
  expect(moved(["a", "b"], "b", 1)).toEqual(["a", "b"]);
  expect(moved(["a", "b", "c"], "b", 1)).toEqual(["a", "c", "b"]);
});
