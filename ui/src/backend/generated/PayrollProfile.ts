// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PayrollColumns } from "./PayrollColumns";

/**
 * Columns that are kept under a name.
 */
export type PayrollProfile = { 
/**
 * Its name.
 */
name: string, 
/**
 * The columns.
 */
columns: PayrollColumns, };
