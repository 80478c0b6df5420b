// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { PeriodKind } from "./PeriodKind";

/**
 * Two versions of a year's goal.
 */
export type CompareGoals = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * The older version.
 */
before: number, 
/**
 * The newer version.
 */
after: number, 
/**
 * Which periods: `year`, `quarter` or `month`.
 */
periods: PeriodKind, };
