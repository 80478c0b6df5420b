// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How a goal runs along time.
 */
export type TimeBy = { "by": "seasons" } | { "by": "last_year" } | { "by": "forecast" } | { "by": "working_days" } | { "by": "equal" } | { "by": "own", 
/**
 * One a month, in their order.
 */
weights: Array<string>, };
