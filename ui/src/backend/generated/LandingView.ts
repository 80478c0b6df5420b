// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { LandingDealRow } from "./LandingDealRow";
import type { LandingRow } from "./LandingRow";
import type { Message } from "./Message";
import type { PastLanding } from "./PastLanding";
import type { Warning } from "./Warning";

/**
 * A landing with what it is made of.
 */
export type LandingView = { 
/**
 * The period.
 */
period: string, 
/**
 * It in words.
 */
period_label: string, 
/**
 * The last day that counts as known.
 */
as_of: string, 
/**
 * Working days passed, and of the period.
 */
working_days: [number, number], 
/**
 * Currency.
 */
currency: string, 
/**
 * Whose.
 */
unit_name: string, 
/**
 * Of the whole; none where there is nothing to say it from.
 */
total: LandingRow | null, 
/**
 * Of its parts; they sum to the whole, exactly.
 */
rows: Array<LandingRow>, 
/**
 * Open deals behind it, most expected first; at most 200.
 */
deals: Array<LandingDealRow>, 
/**
 * All open deals.
 */
deal_count: number, 
/**
 * What won deals brought by the list prices of their products, exact: each product's own ratio is drawn
 * towards it. None where nothing was won yet: then a deal without an amount counts with the list price itself.
 */
list_share: string | null, 
/**
 * What would have been said at this point of earlier periods, latest first.
 */
past: Array<PastLanding>, 
/**
 * Early warnings.
 */
warnings: Array<Warning>, 
/**
 * What to know about it.
 */
notes: Array<Message>, };
