// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * Somebody whose statement comes out differently.
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
 * What it is now.
 */
now: Money, 
/**
 * The difference.
 */
difference: Money, 
/**
 * What changed.
 */
causes: Array<Message>, };
