// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A sentence whose words live in the UI's two languages: a closed code and its values.
 */
export type Message = { 
/**
 * Closed code; the UI has words for it in both languages.
 */
code: string, 
/**
 * Values for the sentence.
 */
params: { [key in string]: string }, };
