// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A line beside what a plan pays.
 */
export type BonusAdjustmentId = string;
