// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { ReturnState } from "./ReturnState";

/**
 * An entry that came back.
 */
export type ReturnLine = { 
/**
 * Kind of the interaction, `next_step` or `feedback`.
 */
what: string, 
/**
 * The customer or deal.
 */
about: string, 
/**
 * When, or until when.
 */
day: string | null, 
/**
 * The words.
 */
words: string, 
/**
 * What becomes of it.
 */
state: ReturnState, 
/**
 * Why it is refused.
 */
reason: Message | null, };
