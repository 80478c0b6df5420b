// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";

/**
 * Deals of which nobody knows whether they were won.
 */
export type UndecidedStages = { 
/**
 * Rows.
 */
rows: number, 
/**
 * Their amounts, as far as they have one that can be read.
 */
amount: Money | null, };
