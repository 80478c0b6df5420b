// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";

/**
 * Which statement.
 */
export type GetStatement = { 
/**
 * A period.
 */
period: string, 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Code of the plan; none: that of everybody who is assigned to none.
 */
plan?: string, 
/**
 * As it would be now, whatever run is kept.
 */
preview: boolean, };
