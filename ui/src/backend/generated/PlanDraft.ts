// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A plan that is worked on.
 */
export type PlanDraft = { 
/**
 * The document, JSON or TOML.
 */
plan: string, };
