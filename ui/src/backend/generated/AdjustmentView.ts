// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";

/**
 * A line by hand.
 */
export type AdjustmentView = { 
/**
 * How much.
 */
amount: Money, 
/**
 * Whether it is paid: a second person has approved it.
 */
paid: boolean, 
/**
 * Why.
 */
reason: string, 
/**
 * What made it necessary, as somebody wrote it.
 */
cause: string | null, 
/**
 * The period whose recalculation made it necessary.
 */
restated: string | null, 
/**
 * What changed there since it was settled.
 */
causes: Array<Message>, };
