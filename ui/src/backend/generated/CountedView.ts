// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { FigureView } from "./FigureView";
import type { Money } from "./Money";
import type { OpportunityId } from "./OpportunityId";
import type { RestatedView } from "./RestatedView";

/**
 * A fact that counts, as it was when it was counted.
 */
export type CountedView = { 
/**
 * Its id in the calculation, by which steps and lines name it.
 */
fact: string, 
/**
 * The record behind it, to open: a deal's id; None where it is no deal, or is not in this store.
 */
deal: OpportunityId | null, 
/**
 * What people call it.
 */
label: string, 
/**
 * Event date.
 */
on: string, 
/**
 * Customer.
 */
customer: string | null, 
/**
 * Product.
 */
product: string | null, 
/**
 * Amount after refunds.
 */
amount: Money, 
/**
 * What of it counts.
 */
credited: FigureView, 
/**
 * Refunds have changed it.
 */
refunded: boolean, 
/**
 * How refunds made the amount; None where there are none, and in statements of earlier engines.
 */
restated: RestatedView | null, };
