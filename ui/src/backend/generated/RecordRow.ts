// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { OpportunityId } from "./OpportunityId";

/**
 * A deal.
 */
export type RecordRow = { 
/**
 * Id.
 */
id: OpportunityId, 
/**
 * Identity in its source.
 */
external_id: string, 
/**
 * Customer.
 */
customer: string | null, 
/**
 * Customer type.
 */
customer_type: string | null, 
/**
 * Product.
 */
product: string | null, 
/**
 * Owner.
 */
owner: string, 
/**
 * Team at the event date.
 */
team: string | null, 
/**
 * Stage code.
 */
stage: string, 
/**
 * Opened.
 */
opened_on: string | null, 
/**
 * Closed.
 */
closed_on: string | null, 
/**
 * Amount; None: not known (open).
 */
amount: Money | null, };
