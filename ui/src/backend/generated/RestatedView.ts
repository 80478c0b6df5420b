// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { RefundView } from "./RefundView";

/**
 * An amount before refunds, and they: together what it is after them.
 */
export type RestatedView = { 
/**
 * Before any refund.
 */
gross: Money, 
/**
 * By day.
 */
refunds: Array<RefundView>, };
