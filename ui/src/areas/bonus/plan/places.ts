/** Where a problem of a plan is shown: at its tier, at its part of the component, or at the plan. */
import type { PlanProblem } from "../../../backend/generated";

export type Part = "head" | "credit" | "measure" | "rate" | "gates" | "modifiers" | "limits" | "proration" | "pool";

const PARTS: Readonly<Record<string, Part>> = {
  no_levels: "credit",
  deal_rate_without_receipts: "credit",
  deal_rate_to_date: "credit",
  credit_over_whole: "credit",
  weights_total: "measure",
  unknown_component: "measure",
  earnings_of_earnings: "measure",
  no_tiers: "rate",
  too_many_tiers: "rate",
  attainment_by_amount: "rate",
  transaction_by_attainment: "rate",
  percent_by_amount: "rate",
  unused_baseline: "rate",
  missing_baseline: "rate",
  pay_without_measure: "rate",
  pay_needs_money: "rate",
  pay_needs_units: "rate",
  unusual_percent: "rate",
  no_steps: "modifiers",
  unordered_steps: "modifiers",
  negative_limit: "limits",
  cap_below_floor: "limits",
  per_deal_without_transactions: "limits",
  transaction_proration: "proration",
  pool_without: "pool",
};

const SETTINGS: Readonly<Record<string, Part>> = { filter: "credit", gates: "gates", modifiers: "modifiers", baseline: "rate" };

/** Expressions name the setting that they stand in. */
const EXPRESSIONS = /^(condition_|unknown_name$)/;

export function partOf({ message: { code, params } }: PlanProblem): Part {
  const setting = EXPRESSIONS.test(code) ? SETTINGS[params["setting"] ?? ""] : undefined;
  return setting ?? PARTS[code] ?? "head";
}

/** Problems of the plan as a whole. */
export function ofPlan(problems: readonly PlanProblem[]): PlanProblem[] {
  return problems.filter((problem) => problem.component === null);
}

export function ofComponent(problems: readonly PlanProblem[], code: string): PlanProblem[] {
  return problems.filter((problem) => problem.component === code);
}

export function ofPart(problems: readonly PlanProblem[], part: Part): PlanProblem[] {
  return problems.filter((problem) => problem.tier === null && partOf(problem) === part);
}

export function ofTier(problems: readonly PlanProblem[], tier: number): PlanProblem[] {
  return problems.filter((problem) => problem.tier === tier);
}

/** The worst of them; null where there is none. */
export function worst(problems: readonly PlanProblem[]): "error" | "warning" | "hint" | null {
  return (["error", "warning", "hint"] as const).find((severity) => problems.some((one) => one.severity === severity)) ?? null;
}
