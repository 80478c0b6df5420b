// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A text in both languages: own metrics have names that no file of words knows.
 */
export type BothWords = { 
/**
 * Chinese.
 */
zh: string, 
/**
 * English.
 */
en: string, };
