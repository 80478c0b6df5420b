// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CopyAmount } from "./CopyAmount";
import type { GoalMetric } from "./GoalMetric";

/**
 * Makes the goal in force of one year the goal of another: a new version of that year, split.
 */
export type CopyGoalPlan = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * The year it comes from.
 */
from: number, 
/**
 * The year it goes to.
 */
to: number, 
/**
 * What that year comes to.
 */
amount: CopyAmount, 
/**
 * Only compute and show; nothing is kept.
 */
preview: boolean, };
