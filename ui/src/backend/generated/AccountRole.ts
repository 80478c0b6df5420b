// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What an account may do; the application layer says which rights a role has.
 */
export type AccountRole = "hr" | "manager" | "sales" | "auditor";
