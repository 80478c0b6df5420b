// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Gives the company its name.
 */
export type RenameCompany = { 
/**
 * 1 to 200 characters.
 */
name: string, };
