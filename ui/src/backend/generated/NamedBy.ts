// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which calendar year gives a fiscal year its number.
 */
export type NamedBy = "start" | "end";
