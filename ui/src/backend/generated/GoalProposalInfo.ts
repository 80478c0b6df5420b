// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A person's own number.
 */
export type GoalProposalInfo = { 
/**
 * Major units.
 */
amount: string, 
/**
 * Why.
 */
note: string | null, 
/**
 * Who wrote it.
 */
author: string, 
/**
 * When.
 */
at: string, };
