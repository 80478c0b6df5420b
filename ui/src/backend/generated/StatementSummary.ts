// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * One person's result.
 */
export type StatementSummary = { 
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
 * Team.
 */
team: string | null, 
/**
 * Goal of the first component, where it is money.
 */
goal: Money | null, 
/**
 * Measure of the first component, where it is money.
 */
actual: Money | null, 
/**
 * Exact ratio of the first component, never clamped.
 */
attainment: string | null, 
/**
 * Target bonus for the period.
 */
target_bonus: Money | null, 
/**
 * Payout; where something is blocked, of what is known.
 */
payout: Money, 
/**
 * Something cannot be known, and the statement is not to be paid as it is.
 */
blocked: boolean, 
/**
 * Why nothing, where nothing.
 */
notes: Array<Message>, };
