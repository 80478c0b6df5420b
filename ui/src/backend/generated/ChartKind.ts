// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How a chart is drawn.
 */
export type ChartKind = "bar" | "h_bar" | "pie" | "attainment" | "trend" | "funnel" | "heat_map" | "cohort" | "pareto" | "distribution" | "waterfall";
