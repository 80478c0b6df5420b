// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A mapping that is kept under a name.
 */
export type MappingInfo = { 
/**
 * Name.
 */
name: string, 
/**
 * Kind code.
 */
kind: string, 
/**
 * Columns that it names.
 */
columns: Array<string>, 
/**
 * It was remembered for the headers of a file, and is used for the next file with these.
 */
remembered: boolean, 
/**
 * Of a remembered one the source of that file.
 */
source: string | null, };
