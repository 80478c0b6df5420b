// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";

/**
 * Whose objectives.
 */
export type ListObjectives = { 
/**
 * The period.
 */
period: string, 
/**
 * Only of a person.
 */
person?: PersonId, };
