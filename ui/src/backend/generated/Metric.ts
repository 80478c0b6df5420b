// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A measurable figure. Each is a sum over facts, put into a period by one event date.
 */
export type Metric = "won_amount" | "won_count" | "lost_count";
