// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";

/**
 * A refund that took something back.
 */
export type RefundView = { 
/**
 * What people call it.
 */
label: string, 
/**
 * Its day.
 */
on: string, 
/**
 * Below zero; above zero where it takes back another refund.
 */
amount: Money, };
