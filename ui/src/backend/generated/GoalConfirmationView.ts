// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalConfirmationRow } from "./GoalConfirmationRow";
import type { GoalPlanInfo } from "./GoalPlanInfo";
import type { GoalPublicationInfo } from "./GoalPublicationInfo";

/**
 * What an owner confirms: exactly these numbers.
 */
export type GoalConfirmationView = { 
/**
 * The version in force.
 */
plan: GoalPlanInfo, 
/**
 * When it was made public; none: there is nothing to confirm yet.
 */
publication: GoalPublicationInfo | null, 
/**
 * Whose goal it is, and how it stands.
 */
row: GoalConfirmationRow, 
/**
 * The months of the year; they sum to its goal. Major units.
 */
months: Array<[string, string]>, 
/**
 * What the owner confirmed last, if it is another goal.
 */
confirmed_before: string | null, };
