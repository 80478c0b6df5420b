// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A table of a comparison is copied.
 */
export type CopyWhatIf = { 
/**
 * First period.
 */
from: string, 
/**
 * Last period.
 */
to: string, };
