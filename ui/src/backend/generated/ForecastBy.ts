// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Rows of a forecast or landing.
 */
export type ForecastBy = "team" | "person";
