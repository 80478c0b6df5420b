// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * Somebody whose pay waits.
 */
export type PayrollApart = { 
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
 * What is known of the payout.
 */
payout: Money, 
/**
 * Why it waits.
 */
reason: Message, };
