// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What became of a unit's numbers.
 */
export type GoalSubmissionState = "submitted" | "sent_back";
