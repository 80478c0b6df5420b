// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";
import type { UnitId } from "./UnitId";

/**
 * A person.
 */
export type PersonRow = { 
/**
 * Id.
 */
id: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Staff number, to tell two of one name apart.
 */
staff_number: string | null, 
/**
 * Team today or last.
 */
team: UnitId | null, 
/**
 * Carries a goal.
 */
carries_goal: boolean, };
