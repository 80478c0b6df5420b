// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What a manager made of a number.
 */
export type GoalAdjustmentInfo = { 
/**
 * Major units.
 */
amount: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Who.
 */
author: string, 
/**
 * When.
 */
at: string, };
