import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import "./page";
import { createFake } from "../../../backend/fake";
import { parseExact } from "../../../components/format";
import { renderApp } from "../../../test/render";
import { recovers, waits } from "../../../test/states";

const ADDRESS = "/bonus/earnings?person=p-1&year=2026";

describe("expected earnings", () => {
  it("loads under its name", async () => {
    const { fake } = renderApp({ address: ADDRESS, holds: ["get_expected_earnings"] });
    await waits("奖金", () => fake.release("get_expected_earnings"), () => screen.findByTestId("earnings-sums"));
  });

  it("says why it failed, and tries again", async () => {
    const { fake, router } = renderApp({ address: ADDRESS });
    await screen.findByTestId("earnings-sums");
    fake.failNext("get_expected_earnings", "store_failed", { detail: "disk full" });
    await router.navigate({ to: "/bonus/earnings", search: { person: "p-1", year: "2025" } as never });
    await recovers(() => screen.findByTestId("earnings-sums"));
  });

  it("asks for a person where nobody is meant", async () => {
    renderApp({ address: "/bonus/earnings" });
    expect(await screen.findByText("请选择一个人", { selector: "strong" })).toBeInTheDocument();
  });

  it("marks each period for what it is, and the parts sum to the total", async () => {
    renderApp({ address: ADDRESS });
    await screen.findByTestId("earnings-sums");
    expect(within(screen.getByTestId(/^earnings-2026-Q1-/)).getByText("至今计算")).toBeInTheDocument();
    expect(within(screen.getByTestId(/^earnings-2026-Q4-/)).getByText("预计")).toBeInTheDocument();
    const amount = (id: string) => Number(screen.getByTestId(id).textContent?.replaceAll(/[^\d.]/g, ""));
    const parts = ["earnings-kept", "earnings-soFar", "earnings-expected"].map(amount);
    expect(parts.reduce((sum, one) => sum + one, 0)).toBeCloseTo(amount("earnings-total"));
  });

  it("a kept period opens its statement", async () => {
    const { router, fake } = renderApp({ address: ADDRESS });
    fake.world.bonusRuns = [{ id: "r-1", period: "2026-Q1", at: "2026-04-02T02:00:00Z" }];
    await userEvent.click(await screen.findByTestId(/^earnings-2026-Q1-/));
    expect(router.state.location.pathname).toBe("/bonus");
    expect(router.state.location.search).toMatchObject({ period: "2026-Q1", statement: "p-1" });
  });

  it("any other looks as what it is: it opens nothing", async () => {
    const { router } = renderApp({ address: ADDRESS });
    const row = await screen.findByTestId(/^earnings-2026-Q4-/);
    expect(row).not.toHaveClass("data-row-opens");
    await userEvent.click(row);
    expect(router.state.location.pathname).toBe("/bonus/earnings");
  });

  it("the fake's sums are exact", async () => {
    const view = await createFake().call("get_expected_earnings", { person: "p-1", year: 2026, language: "en" });
    const sum = view.periods.reduce((total, one) => total + (parseExact(one.total?.amount ?? "0")?.n ?? 0n), 0n);
    expect(sum).toBe(parseExact(view.total.amount)?.n);
  });
});
