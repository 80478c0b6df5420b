// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Progress of long work.
 */
export type Progress = { 
/**
 * Code of the step that is running (`reading`, `writing`, `rollups` ...).
 */
step: string, 
/**
 * Done so far.
 */
done: number, 
/**
 * Out of; 0 while unknown.
 */
total: number, };
