// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";

/**
 * Copies names and weights, not results.
 */
export type CopyObjectives = { 
/**
 * Whose are copied.
 */
from_person: PersonId, 
/**
 * Of which period.
 */
from_period: string, 
/**
 * To whom; who has objectives already is refused.
 */
people: Array<PersonId>, 
/**
 * For which period.
 */
period: string, };
