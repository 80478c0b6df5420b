/** The fake answers by plan, as the program does. */
import { describe, expect, it } from "vitest";

import { brought, dealChanged, house, PERIOD, step } from "../../test/bonusHouse";
import { ITS_PEOPLE, SECOND, secondPlan } from "../../test/twoPlans";
import { createFake } from "./fake";

const money = { amount: "100.00", currency: "CNY" };

async function made() {
  const fake = createFake({ stepMs: 0 });
  house(fake);
  await fake.call("run_bonus", { period: PERIOD, preview: false });
  await secondPlan(fake);
  return fake;
}

describe("two plans in a period", () => {
  it("have runs, steps and papers of their own", async () => {
    const fake = await made();
    const run = await fake.call("get_bonus_run", { period: PERIOD, plan: SECOND });
    expect(run?.statements.map(({ person }) => person).toSorted()).toEqual(ITS_PEOPLE);
    const { stamp } = await fake.call("get_bonus_cycle", { period: PERIOD, plan: SECOND });
    await fake.call("step_bonus_cycle", { period: PERIOD, plan: SECOND, action: "submit", expected: stamp });
    expect((await fake.call("get_bonus_cycle", { period: PERIOD, plan: SECOND })).state).toBe("in_review");
    expect((await fake.call("get_bonus_cycle", { period: PERIOD })).state).toBe("open");
    const [own, everybody] = await Promise.all([SECOND, undefined].map((plan) => fake.call("get_statement_confirmation", { period: PERIOD, person: "p-4", ...(plan && { plan }) })));
    expect(own?.row.hash).not.toBe(everybody?.row.hash);
    expect((await fake.call("list_bonus_cycles", {})).map(({ plan }) => plan)).toContain(SECOND);
  });
});

it("papers are final once the steps approve the pay", async () => {
  const fake = createFake({ stepMs: 0 });
  await brought(fake, "approve_hr");
  expect((await fake.call("list_statement_confirmations", { period: PERIOD, offset: 0, limit: 1 })).approved).toBe(false);
  fake.world.accounts.me = "a-林晓";
  await step(fake, "approve_pay");
  expect((await fake.call("list_statement_confirmations", { period: PERIOD, offset: 0, limit: 1 })).approved).toBe(true);
});

it("refuses a reason of 201 characters, and an adjustment of what is handed in", async () => {
  const fake = await made();
  const add = (reason: string) => fake.call("add_bonus_adjustment", { person: "p-4", period: PERIOD, amount: money, reason });
  await expect(add("原".repeat(201))).rejects.toMatchObject({ code: "input", params: { field: "reason" } });
  await step(fake, "submit");
  await expect(add("原".repeat(200))).rejects.toMatchObject({ code: "bonus_frozen" });
});

it("makes a refused difference again", async () => {
  const fake = createFake({ stepMs: 0 });
  await brought(fake, "pay");
  dealChanged(fake);
  const again = () => fake.call("restate_bonus", { period: PERIOD, preview: false });
  expect((await again()).people).toHaveLength(1);
  expect((await again()).people).toHaveLength(0);
  const [one] = fake.world.bonusBook.adjustments;
  fake.world.accounts.me = "a-林晓";
  await fake.call("decide_bonus_adjustments", { adjustments: [one?.id ?? ""], decision: "refused", reason: "另议" });
  expect((await again()).people).toHaveLength(1);
});
