// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { RestatedView } from "./RestatedView";

/**
 * A fact that does not count.
 */
export type LeftOutView = { 
/**
 * What people call it.
 */
label: string, 
/**
 * Event date.
 */
on: string, 
/**
 * Amount after refunds.
 */
amount: Money, 
/**
 * How refunds made it.
 */
restated: RestatedView | null, 
/**
 * Why (`left_out_outside_period`, `left_out_filter`, `left_out_net_zero`).
 */
reason: Message, };
