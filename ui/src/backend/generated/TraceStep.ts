// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * A step of the calculation.
 */
export type TraceStep = { 
/**
 * `credit`, `measure`, `attainment`, `tier`, `rate`, `gate`, `modifier`, `limit`, `proration`,
 * `rounding`, `pool`, `payout`.
 */
step: string, 
/**
 * The counted fact that the step is about, where facts are paid one by one.
 */
fact: string | null, 
/**
 * In words.
 */
explain: Message, 
/**
 * The formula with the values filled in.
 */
formula: string, 
/**
 * Its value.
 */
value: string, };
