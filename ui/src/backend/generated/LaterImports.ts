// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What becomes of later imports that repeated rows of one that is taken back.
 */
export type LaterImports = "ask" | "take_back_too" | "leave";
