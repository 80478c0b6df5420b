// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerId } from "./CustomerId";
import type { Drill } from "./Drill";
import type { Money } from "./Money";

/**
 * What a customer bought so far.
 */
export type CustomerValueRow = { 
/**
 * Who.
 */
customer: CustomerId, 
/**
 * Name.
 */
name: string, 
/**
 * The amounts of its won deals.
 */
won_amount: Money, 
/**
 * Its won deals.
 */
won_count: number, 
/**
 * What opens: its won deals.
 */
drill: Drill, };
