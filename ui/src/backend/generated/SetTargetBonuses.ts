// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";

/**
 * Sets target bonuses from a day on.
 */
export type SetTargetBonuses = { 
/**
 * Whose; empty is every salesperson.
 */
people: Array<PersonId>, 
/**
 * Amount per quarter in major units of the company's currency (`5000`, `5000.50`).
 */
per_quarter: string, 
/**
 * First day.
 */
from: string, };
