// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { PayrollColumns } from "./PayrollColumns";

/**
 * Looks at the file for payroll.
 */
export type GetPayroll = { 
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
 * `zh-CN` or `en`.
 */
language: Lang, };
