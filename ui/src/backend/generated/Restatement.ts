// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { RestatedPerson } from "./RestatedPerson";

/**
 * A recalculation.
 */
export type Restatement = { 
/**
 * The period.
 */
period: string, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * Of its statements after it.
 */
version: number, 
/**
 * In the statements of which period the differences stand; None: there are none.
 */
into: string | null, 
/**
 * Who is paid differently.
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
