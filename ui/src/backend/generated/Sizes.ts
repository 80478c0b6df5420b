// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Amounts in minor units, `[from, to)`.
 */
export type Sizes = { 
/**
 * The least.
 */
from: string, 
/**
 * Less than this.
 */
to: string, };
