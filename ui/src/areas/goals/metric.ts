/** The figure that the pages of goals are about: part of the address, so that it goes along from page to page. */
import type { GoalMetric } from "../../backend/generated";
import { useSearchParam } from "../../components/useSearchParam";

/** Figures whose goals are split, with the unit of their numbers; GoalMetric in Rust has the same. */
const UNITS: Record<GoalMetric, "money" | "count"> = {
  won_amount: "money",
  won_count: "count",
  lost_count: "count",
  receipts: "money",
  invoiced: "money",
  contracted: "money",
  gross_margin: "money",
  cost_of_sales: "money",
  new_customers: "count",
  lost_customers: "count",
  lead_count: "count",
  interaction_count: "count",
};

export const GOAL_METRICS = Object.keys(UNITS) as readonly GoalMetric[];

/** The won amount until another is chosen. */
export function useGoalMetric(): [GoalMetric, (metric: GoalMetric) => void] {
  const [chosen, choose] = useSearchParam("figure");
  const metric = GOAL_METRICS.find((one) => one === chosen) ?? "won_amount";
  return [metric, (one) => choose(one === "won_amount" ? null : one)];
}

/** Whether its numbers are whole numbers of things. */
export function isCount(metric: GoalMetric): boolean {
  return UNITS[metric] === "count";
}

/** ISO 4217 has a code for what is no money: `XXX`. */
export function currencyOf(metric: GoalMetric, company: string): string {
  return isCount(metric) ? "XXX" : company;
}
