// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How a question is drawn.
 */
export type Form = "bars" | "shares" | "ranking" | "attainment" | "trend" | "funnel" | "heat_map" | "pareto" | "cohort" | "distribution" | "waterfall" | "table";
