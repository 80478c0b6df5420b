// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A stage name of the source.
 */
export type StageMapping = { 
/**
 * As the file has it.
 */
value: string, 
/**
 * Stage code; None: not yet mapped, its rows are rejected.
 */
stage: string | null, 
/**
 * Rows with it.
 */
rows: number, };
