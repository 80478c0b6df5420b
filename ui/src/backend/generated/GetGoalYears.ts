// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";

/**
 * Of which figure the years are.
 */
export type GetGoalYears = { 
/**
 * Of which figure; None: the won amount.
 */
metric?: GoalMetric, };
