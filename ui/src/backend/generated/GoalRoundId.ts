// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A round in which people propose own goals.
 */
export type GoalRoundId = string;
