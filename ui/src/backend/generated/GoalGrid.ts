// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanInfo } from "./GoalPlanInfo";
import type { GridColumn } from "./GridColumn";
import type { GridRow } from "./GridRow";

/**
 * A window of the tree-table.
 */
export type GoalGrid = { 
/**
 * The version shown; none: no goal is set for the year.
 */
plan: GoalPlanInfo | null, 
/**
 * Whether this version can be changed here by who asks.
 */
editable: boolean, 
/**
 * Currency of every amount.
 */
currency: string, 
/**
 * The year first, each period before its parts.
 */
columns: Array<GridColumn>, 
/**
 * The window, parents before children.
 */
rows: Array<GridRow>, 
/**
 * Rows before the window.
 */
offset: number, 
/**
 * All rows that the question has.
 */
total: number, 
/**
 * People in the plan.
 */
people: number, };
