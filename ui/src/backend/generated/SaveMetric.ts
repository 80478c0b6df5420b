// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * An own metric, as a document (TOML) of its definition.
 */
export type SaveMetric = { 
/**
 * The document.
 */
document: string, 
/**
 * In place of the document's: a code of an event date.
 */
event_date?: string, };
