// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ConfirmationState } from "./ConfirmationState";
import type { PersonId } from "./PersonId";

/**
 * Somebody's goal and whether it is confirmed.
 */
export type GoalConfirmationRow = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Staff number.
 */
staff_number?: string, 
/**
 * The unit in which the goal counts.
 */
unit: string | null, 
/**
 * The goal of the year, major units.
 */
amount: string, 
/**
 * Names exactly these numbers, year and months.
 */
hash: string, 
/**
 * How it stands.
 */
state: ConfirmationState, 
/**
 * When it was confirmed last.
 */
confirmed_at: string | null, 
/**
 * Who wrote that down.
 */
confirmed_by: string | null, 
/**
 * HR has a signed paper.
 */
on_paper: boolean, };
