// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { StatementConfirmationRow } from "./StatementConfirmationRow";

/**
 * A window of the statements of a period, of the people whose pay is seen.
 */
export type StatementConfirmations = { 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * A second person approved that the period is paid; else nobody is asked yet.
 */
approved: boolean, 
/**
 * People who never confirmed.
 */
open: number, 
/**
 * People whose statement of today is confirmed.
 */
confirmed: number, 
/**
 * People who confirmed another one.
 */
changed: number, 
/**
 * The window, by name.
 */
rows: Array<StatementConfirmationRow>, 
/**
 * Rows before the window.
 */
offset: number, 
/**
 * All rows that the question has.
 */
total: number, };
