import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it } from "vitest";

import { brought } from "../../../test/bonusHouse";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const LONG = 60_000;

// The page is loaded when it is first asked for; the tests find it there.
beforeAll(() => import("./page"), LONG);

it("loads under its name; without periods it says where to begin", async () => {
  const { fake } = renderApp({ address: "/bonus/cycles", holds: ["list_bonus_cycles"] });
  await waits("奖金", () => fake.release("list_bonus_cycles"), () => screen.findByText("还没有核算过的周期"));
  expect(screen.getByRole("link", { name: "去核算" })).toBeInTheDocument();
}, LONG);

it("says why it cannot be read, and tries again", async () => {
  renderApp({ address: "/bonus/cycles", fails: { list_bonus_cycles: "store_failed" } });
  await recovers(() => screen.findByText("还没有核算过的周期"));
}, LONG);

it("lists every period with its state, and opens one", async () => {
  const { fake, router } = renderApp({ address: "/bonus/cycles?period=2026", holds: ["list_bonus_cycles", "get_status"], language: "en" });
  await brought(fake, "submit");
  await fake.call("run_bonus", { period: "2026-Q2", preview: false });
  fake.release("get_status");
  fake.release("list_bonus_cycles");
  expect(await screen.findByTestId("cycle-row-2026-Q3-attainment-bands")).toHaveTextContent("Q3 2026 In review172,500.00");
  expect(screen.getByTestId("cycle-row-2026-Q2-attainment-bands")).toHaveTextContent("Calculating");
  await userEvent.click(screen.getByTestId("cycle-row-2026-Q3-attainment-bands"));
  expect(await screen.findByTestId("cycle")).toHaveAttribute("data-state", "in_review");
  expect(router.state.location.search).toEqual({ period: "2026-Q3", plan: "attainment-bands" });
}, LONG);
