/** A second plan with periods of the same kind, run in the same period as that of everybody. */
import type { Fake } from "../backend/fake";
import { addPlan } from "../backend/fake/bonusPlans";
import { PERIOD } from "./bonusHouse";

export const SECOND = "channel";
export const SECOND_NAME = "渠道奖金";
/** Who is under it. */
export const ITS_PEOPLE = ["p-4", "p-5"];

/** Pays 1 % of what was sold. */
export async function secondPlan(fake: Fake, period = PERIOD): Promise<void> {
  const rate = { by: "amount" as const, tiers: [{ from: "0", pay: { kind: "percent_of_measure" as const, percent: "1%" } }] };
  const component = { code: "commission", name: { zh: "提成", en: "Commission" }, rate };
  addPlan(fake.world, { schema: 2, code: SECOND, name: { zh: SECOND_NAME, en: "Channel" }, period: "quarter", components: [component] }, ITS_PEOPLE);
  await fake.call("run_bonus", { period, plan: SECOND, preview: false });
}
