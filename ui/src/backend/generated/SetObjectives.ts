// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ObjectiveSetting } from "./ObjectiveSetting";
import type { PersonId } from "./PersonId";

/**
 * Sets all objectives of a person for a period.
 */
export type SetObjectives = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * The period.
 */
period: string, 
/**
 * All of them, weights totalling 100 %; empty: none any more.
 */
objectives: Array<ObjectiveSetting>, };
