// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Whether a day that is unlike its weekday is off or worked.
 */
export type DayKind = "holiday" | "working_day";
