// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Of what kind of records.
 */
export type TemplateArgs = { 
/**
 * Kind code.
 */
kind: string, };
