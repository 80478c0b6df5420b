// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";
import type { Money } from "./Money";

/**
 * What the files of a source held of a kind in a month, beside what the store has.
 */
export type ReconciliationRow = { 
/**
 * Source.
 */
source: string, 
/**
 * Kind code; of opportunities what was won.
 */
kind: string, 
/**
 * Month: `2026-03`; empty for rows without a day that can be read, `stage_undecided` for deals of
 * which nobody knows whether they were won.
 */
period: string, 
/**
 * The latest import that speaks of it.
 */
batch: BatchId, 
/**
 * Its files.
 */
files: Array<string>, 
/**
 * Rows in the files, those that were refused included.
 */
file_rows: number, 
/**
 * Their amounts, for kinds that have one.
 */
file_amount: Money | null, 
/**
 * Rows in the store.
 */
store_rows: number, 
/**
 * Their amounts.
 */
store_amount: Money | null, 
/**
 * Imports that speak of the month and are not taken back.
 */
imports: number, 
/**
 * Rows in the store less those of the file.
 */
row_difference: number, 
/**
 * The same of the amounts.
 */
amount_difference: Money | null, 
/**
 * Both differences are zero; nothing else is tolerated.
 */
agrees: boolean, };
