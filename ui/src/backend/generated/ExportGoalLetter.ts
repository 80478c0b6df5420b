// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { Lang } from "./Lang";
import type { PersonId } from "./PersonId";

/**
 * The paper of one person.
 */
export type ExportGoalLetter = { 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * Whose; none: the own one.
 */
person?: PersonId, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
