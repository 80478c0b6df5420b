// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What becomes of an entry that came back.
 */
export type ReturnState = "new" | "known" | "refused";
