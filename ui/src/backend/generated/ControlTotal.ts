// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";

/**
 * A total of the file beside the store's after the import.
 */
export type ControlTotal = { 
/**
 * `won_amount`.
 */
metric: string, 
/**
 * Period key, or `all`.
 */
period: string, 
/**
 * In the files.
 */
in_file: Money, 
/**
 * The same deals in the store; None before the commit.
 */
in_store: Money | null, 
/**
 * Other sources speak of the same deals: what is in the store is theirs where they come first.
 */
shared: boolean, };
