// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * The level of a unit.
 */
export type UnitKind = "company" | "department" | "team";
