// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/** Category key of the slice that holds the rest. */
export const OTHER_KEY = " other";
