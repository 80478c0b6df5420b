// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Whether an owner confirmed the goal of today.
 */
export type ConfirmationState = "open" | "confirmed" | "changed";
