// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Where a backup was written.
 */
export type BackupResult = { 
/**
 * The file; None when the dialog was closed without a choice.
 */
file: string | null, };
