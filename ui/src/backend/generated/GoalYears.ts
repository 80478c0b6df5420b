// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { DataYear } from "./DataYear";

/**
 * Years with a goal or with data.
 */
export type GoalYears = { 
/**
 * Years that have a goal.
 */
with_goal: Array<number>, 
/**
 * Years that have data, with whether all twelve months have.
 */
with_data: Array<DataYear>, };
