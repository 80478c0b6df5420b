// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * The language of everything that is drawn or written.
 */
export type Lang = "zh-CN" | "en";
