// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonObjectives } from "./PersonObjectives";

/**
 * Objectives of a period.
 */
export type ObjectiveList = { 
/**
 * The period.
 */
period: string, 
/**
 * Periods to choose from, newest first.
 */
periods: Array<string>, 
/**
 * Everybody who has objectives or is under a plan that pays for them, in the order of names.
 */
people: Array<PersonObjectives>, };
