// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PayrollAmounts } from "./PayrollAmounts";
import type { PayrollColumn } from "./PayrollColumn";

/**
 * The columns of the file for payroll, from left to right. As TOML it is carried to another company.
 */
export type PayrollColumns = { 
/**
 * How amounts are written.
 */
amounts: PayrollAmounts, 
/**
 * The columns.
 */
columns: Array<PayrollColumn>, };
