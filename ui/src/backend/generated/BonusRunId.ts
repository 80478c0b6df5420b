// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A calculation run of bonuses.
 */
export type BonusRunId = string;
