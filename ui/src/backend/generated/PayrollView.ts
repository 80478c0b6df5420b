// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { PayrollApart } from "./PayrollApart";
import type { PayrollColumns } from "./PayrollColumns";
import type { PayrollField } from "./PayrollField";
import type { PayrollPlan } from "./PayrollPlan";
import type { PayrollProblem } from "./PayrollProblem";
import type { PayrollProfile } from "./PayrollProfile";

/**
 * What the file for payroll would be.
 */
export type PayrollView = { 
/**
 * The plans that pay in the period.
 */
plans: Array<PayrollPlan>, 
/**
 * Whether all of them are approved; else the file is a draft.
 */
approved: boolean, 
/**
 * What a column can hold.
 */
fields: Array<PayrollField>, 
/**
 * The columns that the rows have.
 */
columns: PayrollColumns, 
/**
 * What is wrong with them.
 */
problems: Array<PayrollProblem>, 
/**
 * The first rows, as they would be written; empty where the columns have problems.
 */
rows: Array<Array<string>>, 
/**
 * How many are paid.
 */
people: number, 
/**
 * What they are paid.
 */
total: Money, 
/**
 * Whose pay waits; they are in no row.
 */
apart: Array<PayrollApart>, 
/**
 * Columns that are kept under a name.
 */
profiles: Array<PayrollProfile>, };
