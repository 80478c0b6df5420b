// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { Lang } from "./Lang";

/**
 * The papers of everybody who is seen.
 */
export type ExportGoalLetters = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
