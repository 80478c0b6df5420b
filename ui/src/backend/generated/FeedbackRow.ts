// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Something that was said to HR.
 */
export type FeedbackRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Who, with the staff number where somebody else has the name.
 */
person: string, 
/**
 * What.
 */
words: string, 
/**
 * When.
 */
written_at: string, };
