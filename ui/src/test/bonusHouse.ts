/** A company whose bonuses are run by two people of HR, with managers and a salesperson; and its period at any step. */
import type { Fake } from "../backend/fake";
import type { AccountRole, BonusCycle, StepBonusCycle } from "../backend/generated";

export const PERIOD = "2026-Q3";
const PEOPLE: [name: string, role: AccountRole, person: string | null][] = [
  ["周慧敏", "hr", null],
  ["林晓", "hr", null],
  ["许静", "manager", null],
  ["王伟", "sales", "p-1"],
];

/** Accounts of all of them; one is signed in. */
export function house(fake: Fake, me = "周慧敏"): void {
  const { accounts } = fake.world;
  accounts.all = PEOPLE.map(([name, role, person]) => ({ id: `a-${name}`, name, role, person, person_name: null, staff_number: null, disabled: false, password: "correct horse" }));
  accounts.me = `a-${me}`;
}

/** Somebody else sits down at the window, which learns of it as of any change of accounts. */
export async function signedInAs(fake: Fake, name: string): Promise<void> {
  fake.world.accounts.me = `a-${name}`;
  await fake.call("set_account_disabled", { account: "a-王伟", disabled: false });
}

/** A step by whoever is signed in. */
export async function step(fake: Fake, action: StepBonusCycle["action"], more: Partial<StepBonusCycle> = {}): Promise<BonusCycle> {
  const { stamp } = await fake.call("get_bonus_cycle", { period: PERIOD });
  return fake.call("step_bonus_cycle", { period: PERIOD, action, expected: stamp, ...more });
}

const WAY: [by: string, action: StepBonusCycle["action"], more: Partial<StepBonusCycle>][] = [
  ["周慧敏", "submit", {}],
  ["周慧敏", "approve_hr", { reason: "负责人休假" }],
  ["林晓", "approve_pay", {}],
  ["林晓", "pay", { on: "2026-11-25" }],
  ["林晓", "close", {}],
];

/** The period after the last of these steps; 周慧敏 is signed in. */
export async function brought(fake: Fake, to: StepBonusCycle["action"] | null): Promise<void> {
  house(fake);
  await fake.call("run_bonus", { period: PERIOD, preview: false });
  for (const [by, action, more] of to === null ? [] : WAY.slice(0, WAY.findIndex(([, one]) => one === to) + 1)) {
    fake.world.accounts.me = `a-${by}`;
    // oxlint-disable-next-line no-await-in-loop -- one step follows from the other
    await step(fake, action, more);
  }
  fake.world.accounts.me = "a-周慧敏";
}

/** A deal of the period becomes so large that its seller, who got nothing, is owed a bonus. */
export function dealChanged(fake: Fake, person = "p-8"): void {
  const deal = fake.world.deals.find((one) => one.person === person && one.stage === "won" && one.closed !== null && one.closed >= "2026-07-01" && one.closed < "2026-10-01");
  if (!deal) throw new Error(`${person} has won nothing in ${PERIOD}`);
  deal.minor = 30_000_000n;
}

/** A plan by which nobody's bonus can be known. */
export function unknownPlan(fake: Fake): void {
  const rate = { tiers: [{ from: "0%", pay: { kind: "percent_of_target_bonus", percent: "50%" } }] };
  const kpi = { code: "kpi", name: { zh: "满意度奖", en: "Satisfaction" }, measure: { kind: "kpi", kpi: "satisfaction" }, rate };
  fake.world.bonusPlan = JSON.stringify({ schema: 2, code: "p", name: { zh: "方案", en: "Plan" }, period: "quarter", components: [kpi] });
}
