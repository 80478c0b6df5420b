// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What somebody may do with a row.
 */
export type GoalRoundMay = { 
/**
 * Propose a number.
 */
propose: boolean, 
/**
 * Adjust the number.
 */
adjust: boolean, 
/**
 * Hand the unit in.
 */
submit: boolean, 
/**
 * Send it back.
 */
send_back: boolean, };
