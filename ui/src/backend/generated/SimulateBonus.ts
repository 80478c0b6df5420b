// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What would other plans have cost?
 */
export type SimulateBonus = { 
/**
 * One or two documents (JSON or TOML) beside the plan in force; an empty text is that plan itself.
 */
plans: Array<string>, 
/**
 * First period: a year, quarter or month.
 */
from: string, 
/**
 * Last period.
 */
to: string, 
/**
 * What all of it may cost, in major units.
 */
budget: string | null, };
