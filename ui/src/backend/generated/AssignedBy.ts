// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What holds for somebody.
 */
export type AssignedBy = "person" | "unit" | "everybody";
