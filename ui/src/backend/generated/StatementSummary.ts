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
 * Goal.
 */
goal: Money | null, 
/**
 * Actual.
 */
actual: Money, 
/**
 * Exact ratio, never clamped.
 */
attainment: string | null, 
/**
 * Target bonus used.
 */
target_bonus: Money | null, 
/**
 * Payout.
 */
payout: Money, 
/**
 * Why nothing, where nothing.
 */
notes: Array<Message>, };
