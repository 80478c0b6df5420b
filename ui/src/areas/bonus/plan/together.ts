/** Settings that do not go together, as the plan check has it: why one cannot be chosen, as a sentence of the program. */
import type { Sayable } from "../../../i18n/say";
import { AMOUNT_PAYS, byOf, isScored, measuresMoney, overOf, PERCENT_PAYS } from "./document";
import type { AppliesTo, By, Component, PayKind } from "./document";

type Reason = Sayable | null;

const because = (code: string, params: Record<string, string> = {}): Sayable => ({ code, params });

export function whyNotBy(component: Component, by: By): Reason {
  if (by === "attainment" && overOf(component) === "transaction") return because("transaction_by_attainment");
  return by === "amount" && isScored(component) ? because("attainment_by_amount") : null;
}

/** By the deal's rate: only for receipts, which is asked elsewhere, and not to date. */
export function whyNotDealRate(component: Component): Reason {
  const over = overOf(component);
  return over === "quarter_to_date" || over === "year_to_date" ? because("deal_rate_to_date") : null;
}

/** What a tier may pay; without a tier, what is paid below the first. */
export function whyNotPay(component: Component, kind: PayKind, applies: AppliesTo | null): Reason {
  const [share, each] = [kind === "percent_of_measure" || kind === "individual_rate", kind === "per_unit"];
  if (isScored(component) && (share || each)) return because("pay_without_measure", { pay: kind });
  if (share && !measuresMoney(component)) return because("pay_needs_money", { pay: kind });
  if (each && measuresMoney(component)) return because("pay_needs_units", { pay: kind });
  const whole = kind === "percent_of_target_bonus" || kind === "fixed";
  if (applies === "over_baseline" && whole) return because("pay_over_baseline", { pay: kind });
  if (applies === "marginal" && byOf(component) === "amount" && kind === "percent_of_target_bonus") return because("marginal_target_bonus_by_amount");
  return null;
}

export function whyNotProration(component: Component): Reason {
  if (overOf(component) === "transaction") return because("transaction_proration");
  return component.pool ? because("pool_without", { setting: "proration" }) : null;
}

/** A pool is one result for a team: what stands against it, of each setting that does. */
export function whyNotPool(component: Component): Sayable[] {
  const refused = {
    proration: component.proration === "calendar_days",
    over: overOf(component) !== "period",
    who: (component.credit?.who ?? "owners") !== "owners",
    rate_date: component.credit?.rate_date === "deal",
  };
  return Object.entries(refused).flatMap(([setting, is]) => (is ? [because("pool_without", { setting })] : []));
}

/** Whether limits per deal have anything to hold. */
export function hasDeals(component: Component): boolean {
  return overOf(component) === "transaction";
}

/** Whether anything that the component pays goes by the target bonus. */
export function paysOnTarget({ rate }: Component): boolean {
  const pays = [rate.below_first_tier, ...rate.tiers.flatMap(({ pay, pay_to }) => [pay, pay_to])];
  return pays.some((pay) => pay?.kind === "percent_of_target_bonus" || pay?.kind === "individual_rate");
}

export function isPercentPay(kind: PayKind): boolean {
  return PERCENT_PAYS.some((one) => one === kind);
}

export function isAmountPay(kind: PayKind): boolean {
  return AMOUNT_PAYS.some((one) => one === kind);
}
