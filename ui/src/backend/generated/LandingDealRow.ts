// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { OpportunityId } from "./OpportunityId";

/**
 * An open deal in a landing, and why it has its chance.
 */
export type LandingDealRow = { 
/**
 * Id.
 */
id: OpportunityId, 
/**
 * Identity in its source.
 */
external_id: string, 
/**
 * Whose.
 */
owner: string, 
/**
 * Customer.
 */
customer: string | null, 
/**
 * Product.
 */
product: string | null, 
/**
 * Code of its stage as it was known on the day; none where that was not recorded.
 */
stage: string | null, 
/**
 * Days since it was opened.
 */
age: number | null, 
/**
 * The amount that it counts with.
 */
amount: string, 
/**
 * Where that is from: `amount`, `list_price` (times [`list_times`](Self::list_times)) or `median` (of won
 * deals).
 */
amount_from: string, 
/**
 * What the list price was multiplied with, exact: `(won by list price + 5 x company) / (deals + 5)`. None where
 * the amount is not from it.
 */
list_times: string | null, 
/**
 * Won deals of the product that this was learned from.
 */
list_deals: number | null, 
/**
 * Chance that it is won within the period, exact.
 */
chance: string, 
/**
 * Amount times chance, to the minor unit.
 */
expected: string, 
/**
 * Chance by age and days left alone.
 */
by_age: string, 
/**
 * Deals that were open at this age, and how many were won within as many days.
 */
same_age: [number, number], 
/**
 * Closed deals that reached its stage, and how many were won; none where that is not recorded.
 */
same_stage: [number, number] | null, 
/**
 * The owner's closed deals, and how many were won.
 */
owner_deals: [number, number], 
/**
 * The owner's share won, drawn towards the company's.
 */
by_owner: string, };
