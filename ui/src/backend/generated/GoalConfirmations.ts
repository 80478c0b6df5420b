// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalConfirmationRow } from "./GoalConfirmationRow";
import type { GoalPlanInfo } from "./GoalPlanInfo";
import type { GoalPublicationInfo } from "./GoalPublicationInfo";

/**
 * A window of the people of a year's goal, of those who are seen.
 */
export type GoalConfirmations = { 
/**
 * The version in force.
 */
plan: GoalPlanInfo, 
/**
 * When it was made public; none: nobody is asked yet.
 */
publication: GoalPublicationInfo | null, 
/**
 * Currency of every amount.
 */
currency: string, 
/**
 * People who never confirmed.
 */
open: number, 
/**
 * People whose goal of today is confirmed.
 */
confirmed: number, 
/**
 * People whose goal is another one since.
 */
changed: number, 
/**
 * The window, in the order of the tree.
 */
rows: Array<GoalConfirmationRow>, 
/**
 * Rows before the window.
 */
offset: number, 
/**
 * All rows that the question has.
 */
total: number, };
