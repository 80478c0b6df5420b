// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { RestatedPerson } from "./RestatedPerson";

/**
 * A recalculation: a new version.
 */
export type Restatement = { 
/**
 * The period that was recalculated.
 */
period: string, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * The new version.
 */
version: number, 
/**
 * The period in whose statements the differences stand.
 */
into: string | null, 
/**
 * Whose payout changes.
 */
people: Array<RestatedPerson>, 
/**
 * Sum of the differences.
 */
total: Money, 
/**
 * Of whom something cannot be known, so that nothing is settled with them now.
 */
notes: Array<Message>, };
