// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * Something unusual.
 */
export type Anomaly = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * `blocked`, `over_cap`, `negative`, `zero`, `jump`, `changed`, `goal_zero`.
 */
kind: string, 
/**
 * In words.
 */
message: Message, 
/**
 * The payout.
 */
payout: Money, 
/**
 * What it is compared with.
 */
before: Money | null, };
