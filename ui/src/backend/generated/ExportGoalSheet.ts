// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { Lang } from "./Lang";

/**
 * Which goal goes out.
 */
export type ExportGoalSheet = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Language of the headers.
 */
language: Lang, };
