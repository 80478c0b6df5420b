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

/** Picks from a choice by its shown name. */
async function choose(user: ReturnType<typeof quick>, select: HTMLElement, title: string) {
  await user.click(select.querySelector("input") ?? select);
  const found = await screen.findAllByText(title, { selector: ".ant-select-item-option-content, .ant-select-item-option-content *" });
  await user.click(found.at(-1) as HTMLElement);
}

describe("the form of an adjustment", () => {
  const form = async () => {
    const shown = await opened(`/bonus/adjustments?period=${PERIOD}`, "adjustment-add");
    await shown.user.click(screen.getByTestId("adjustment-add"));
    await screen.findByTestId("adjustment-plan");
    return shown;
  };
  const person = () => document.querySelector("#person") as HTMLElement;
  const fill = async (user: ReturnType<typeof quick>) => {
    await user.click(screen.getByTestId("adjustment-amount"));
    await user.paste("100");
    await user.click(screen.getByTestId("adjustment-reason"));
    await user.paste("补发");
    await user.click(screen.getByTestId("adjustment-save"));
  };

  it("takes the plan of whoever is under one", async () => {
    const { fake, user, asked } = await form();
    const own = fake.world.people.find(({ id }) => id === "p-2");
    await choose(user, person(), `${own?.name} · ${own?.staff}`);
    await waitFor(() => expect(screen.getByTestId("adjustment-plan")).not.toHaveTextContent(SECOND_NAME));
    await fill(user);
    await waitFor(() => expect(asked("add_bonus_adjustment")).toMatchObject({ person: "p-2", plan: "attainment-bands" }));
  }, LONG);

  it("asks which, and enters it in the one that is chosen", async () => {
    const { fake, user, asked } = await form();
    const other = fake.world.people.find(({ id }) => id === "p-5");
    await choose(user, person(), `${other?.name} · ${other?.staff}`);
    await choose(user, screen.getByTestId("adjustment-plan"), SECOND_NAME);
    await fill(user);
    await waitFor(() => expect(asked("add_bonus_adjustment")).toMatchObject({ person: "p-5", plan: SECOND, period: PERIOD }));
  }, LONG);
});

describe("the statements beside the payroll file", () => {
  it("are those of the plan that is chosen", async () => {
    const { user, asked } = await opened(`/bonus/payroll?period=${PERIOD}`, "statement-confirmations");
    await choose(user, await screen.findByTestId("plan-choice"), "达成率分档奖金");
    await waitFor(() => expect(asked("list_statement_confirmations")).toMatchObject({ plan: "attainment-bands" }));
    await waitFor(() => expect(screen.getAllByTestId(/^confirmation-p-/).length).toBeGreaterThan(ITS_PEOPLE.length));
    await choose(user, screen.getByTestId("plan-choice"), SECOND_NAME);
    await waitFor(() => expect(screen.getAllByTestId(/^confirmation-p-/).map((row) => row.dataset["testid"]).toSorted()).toEqual(ITS_PEOPLE.map((one) => `confirmation-${one}`)));
    await user.click(screen.getByTestId("statements-pdf"));
    await waitFor(() => expect(asked("export_statements")).toMatchObject({ plan: SECOND }));
  }, LONG);
});
