// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";

/**
 * Sets a company goal for a year: a new version, earlier ones stay.
 */
export type SetGoal = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Major units, as in `12000000` or `12000000.50`.
 */
amount: string, };
