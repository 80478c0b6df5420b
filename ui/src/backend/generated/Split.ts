// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How `yeji kpi` and the explorer split a metric.
 */
export type Split = "week" | "month" | "quarter" | "person" | "team" | "customer_type";
