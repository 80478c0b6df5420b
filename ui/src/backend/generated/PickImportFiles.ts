// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which dialog to open.
 */
export type PickImportFiles = { 
/**
 * A folder instead of files.
 */
folder: boolean, 
/**
 * Read them by the kept mapping of this name.
 */
profile: string | null, };
