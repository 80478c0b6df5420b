// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What somebody says to HR.
 */
export type AddFeedback = { 
/**
 * The words.
 */
words: string, };
