// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * The kind of a period, from the whole to the part.
 */
export type PeriodKind = "year" | "half" | "quarter" | "month" | "cut_week" | "iso_week";
