// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { PayrollColumns } from "./PayrollColumns";

/**
 * Writes the file for payroll.
 */
export type ExportPayroll = { 
/**
 * A period.
 */
period: string, 
/**
 * Code of a plan; none: all that pay in the period.
 */
plan?: string, 
/**
 * The columns; none: those to start from.
 */
columns?: PayrollColumns, 
/**
 * `csv` or `xlsx`.
 */
format: string, 
/**
 * Also of a period that is not approved; the file says so.
 */
draft: boolean, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
