// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What somebody is to reach besides numbers.
 */
export type BonusObjectiveId = string;
