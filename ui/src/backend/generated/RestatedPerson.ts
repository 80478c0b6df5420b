// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * Somebody whose payout changes.
 */
export type RestatedPerson = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Paid and adjusted so far.
 */
settled: Money, 
/**
 * With today's facts.
 */
now: Money, 
/**
 * Now less settled.
 */
difference: Money, 
/**
 * What made the difference.
 */
causes: Array<Message>, };
