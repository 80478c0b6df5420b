/** Two plans run in one period: what the window shows, asks and does is of one of them. */
import { screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";

import type { Command } from "../../backend/backend";
import { brought, PERIOD } from "../../test/bonusHouse";
import { renderApp } from "../../test/render";
import { ITS_PEOPLE, SECOND, SECOND_NAME, secondPlan } from "../../test/twoPlans";

const LONG = 60_000;
beforeAll(() => Promise.all([import("./page"), import("./cycles/page"), import("./adjustments/page"), import("./payroll/page")]), LONG);

const quick = () => userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });

async function opened(address: string, found: string) {
  const holds = ["list_bonus_runs", "list_bonus_cycles", "list_bonus_plans", "get_status"] as const;
  const { fake } = renderApp({ address, holds: [...holds] });
  await brought(fake, null);
  await secondPlan(fake);
  for (const name of holds) fake.release(name);
  await screen.findByTestId(found);
  const asked = (wanted: Command) => fake.calls.findLast(({ name }) => name === wanted)?.args;
  return { fake, user: quick(), asked };
}

const people = () => screen.getAllByTestId(/^statement-p-/).map((row) => row.dataset["row"]);

describe("the page of a period", () => {
  it("opened without a choice is of one plan: its name, table, state and step", async () => {
    const { user, asked } = await opened(`/bonus?period=${PERIOD}`, "cycle-submit");
    expect(await screen.findByTestId("plan-choice")).toHaveTextContent(SECOND_NAME);
    await screen.findByTestId("bonus-total");
    expect(people().toSorted()).toEqual(ITS_PEOPLE);
    await user.click(screen.getByTestId("cycle-submit"));
    await user.click(await screen.findByTestId("step-ok"));
    await waitFor(() => expect(screen.getByTestId("cycle")).toHaveAttribute("data-state", "in_review"));
    expect(asked("step_bonus_cycle")).toMatchObject({ plan: SECOND });
    expect(asked("get_bonus_run")).toMatchObject({ plan: SECOND });
  }, LONG);

  it("takes the plan from the address", async () => {
    const { asked } = await opened(`/bonus?period=${PERIOD}&plan=attainment-bands`, "bonus-total");
    expect(people().length).toBeGreaterThan(ITS_PEOPLE.length);
    expect(asked("get_bonus_cycle")).toMatchObject({ plan: "attainment-bands" });
    expect(screen.getByTestId("plan-choice")).not.toHaveTextContent(SECOND_NAME);
  }, LONG);
});

describe("the statement of somebody under both", () => {
  it.each([SECOND, "attainment-bands"])("has the hash, the confirmation and the paper of %s", async (plan) => {
    const { fake, user, asked } = await opened(`/bonus?period=${PERIOD}&plan=${plan}&statement=p-4`, "statement-papers");
    const own = await fake.call("get_statement_confirmation", { period: PERIOD, plan, person: "p-4" });
    expect(screen.getByTestId("statement-hash")).toHaveTextContent(own.row.hash);
    await user.click(within(screen.getByTestId("statement-papers")).getByTestId("statement-pdf"));
    await waitFor(() => expect(asked("export_statement")).toMatchObject({ plan, person: "p-4" }));
  }, LONG);
});

describe("the list of periods", () => {
  it("names each plan, and opens the one of the row", async () => {
    const { user, asked } = await opened(`/bonus/cycles?period=${PERIOD}`, "cycles");
    await waitFor(() => expect(screen.getByTestId(`cycle-row-${PERIOD}-${SECOND}`)).toHaveTextContent(SECOND_NAME));
    await user.click(screen.getByTestId(`cycle-row-${PERIOD}-attainment-bands`));
    await waitFor(() => expect(asked("get_bonus_run")).toMatchObject({ plan: "attainment-bands" }));
  }, LONG);
});
