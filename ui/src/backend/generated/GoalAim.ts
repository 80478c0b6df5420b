// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * The aim that a year's goal serves.
 */
export type GoalAim = { 
/**
 * Empty: none.
 */
aim: string, };
