// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How a metric is split.
 */
export type MetricBy = "person" | "team" | "region" | "segment" | "customer_type" | "product" | "source";
