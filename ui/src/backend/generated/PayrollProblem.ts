// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * What is wrong with a column.
 */
export type PayrollProblem = { 
/**
 * Its place, from 0; none: the columns as a whole.
 */
column: number | null, 
/**
 * What.
 */
message: Message, };
