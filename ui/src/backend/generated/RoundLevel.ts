// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Goals of a level in multiples.
 */
export type RoundLevel = { 
/**
 * `department`, `team`, `person`.
 */
level: string, 
/**
 * Major units: 1000.
 */
unit: string, };
