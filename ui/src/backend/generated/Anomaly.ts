// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * A statement that wants a look.
 */
export type Anomaly = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * `blocked`, `over_cap`, `zero`, `jump`, `changed`, `negative`.
 */
kind: string, 
/**
 * In words.
 */
message: Message, 
/**
 * Payout.
 */
payout: Money, 
/**
 * What it is compared with.
 */
before: Money | null, };
