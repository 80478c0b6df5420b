import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import { createFake } from "../../backend/fake";
import { renderPart } from "../../test/render";
import { DealDrawer } from "./DealDrawer";

const { world } = createFake();
const open = world.deals.find(({ stage }) => stage === "open")?.id ?? "";
const won = world.deals.find(({ stage }) => stage === "won")?.id ?? "";

describe("what a deal would pay", () => {
  it("asks for the amount of a deal that has none, and then says who gets how much and why", async () => {
    const { fake } = renderPart(<DealDrawer deal={open} onClose={() => undefined} />, "en");
    expect(await screen.findByText(/has no amount yet/)).toBeInTheDocument();
    await userEvent.type(screen.getByTestId("deal-pay-amount"), "90000000");
    await userEvent.click(screen.getByTestId("deal-pay-ask"));
    expect(await screen.findByTestId("deal-pay-difference")).toHaveTextContent(/¥/);
    expect(screen.getByText(/Attainment goes from/)).toBeInTheDocument();
    const asked = fake.calls.filter(({ name }) => name === "explain_deal_bonus").map(({ args }) => args);
    expect(asked.at(-1)).toMatchObject({ deal: open, amount: "90000000" });
  });

  it("takes the list price only when asked to", async () => {
    renderPart(<DealDrawer deal={open} onClose={() => undefined} />, "en");
    expect(await screen.findByTestId("deal-pay-amount")).toHaveValue("");
    await userEvent.click(screen.getByTestId("deal-pay-list"));
    expect(screen.getByTestId("deal-pay-amount")).toHaveValue("5000.00");
  });

  it("refuses what is no amount", async () => {
    const { fake } = renderPart(<DealDrawer deal={open} onClose={() => undefined} />, "en");
    await userEvent.type(await screen.findByTestId("deal-pay-amount"), "0");
    await userEvent.click(screen.getByTestId("deal-pay-ask"));
    expect(await screen.findByText(/Enter an amount above zero/)).toBeInTheDocument();
    expect(fake.calls.filter(({ name }) => name === "explain_deal_bonus")).toHaveLength(1);
  });

  it("is not there for a closed deal", async () => {
    const { fake } = renderPart(<DealDrawer deal={won} onClose={() => undefined} />, "en");
    await screen.findByTestId("follow-ups");
    await waitFor(() => expect(fake.calls.some(({ name }) => name === "explain_deal_bonus")).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByText("What this deal would pay")).toBeNull();
  });
});
