// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which of them.
 */
export type PayrollProfileArgs = { 
/**
 * Its name.
 */
name: string, };
