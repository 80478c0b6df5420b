// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What was written for HR.
 */
export type SentBack = { 
/**
 * Where it lies.
 */
file: string, 
/**
 * How many entries.
 */
entries: number, };
