// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What a person does in a unit.
 */
export type MemberRole = "manager" | "sales";
