// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Copies that are made by themselves.
 */
export type BackupSettings = { 
/**
 * One a day, before the first change.
 */
daily: boolean, 
/**
 * Days that stay, 1 to 60.
 */
days: number, 
/**
 * Of the time before, weeks of which one stays, 0 to 104.
 */
weeks: number, };
