// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What can be done next.
 */
export type CycleAction = "submit" | "approve_team" | "approve_hr" | "approve_pay" | "send_back" | "pay" | "close" | "ask_reopen" | "reopen" | "refuse_reopen";
