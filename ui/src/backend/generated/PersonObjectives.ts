// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ObjectiveRow } from "./ObjectiveRow";
import type { PersonId } from "./PersonId";

/**
 * Objectives of a person.
 */
export type PersonObjectives = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Staff number.
 */
staff_number: string | null, 
/**
 * Unit on the period's last day.
 */
unit: string | null, 
/**
 * In the order in which they were entered.
 */
objectives: Array<ObjectiveRow>, 
/**
 * How far all together were reached; none: some are not judged.
 */
reached: string | null, 
/**
 * The bonuses are approved: nothing changes any more.
 */
approved: boolean, 
/**
 * No plan of theirs pays for objectives of such a period.
 */
unpaid: boolean, };
