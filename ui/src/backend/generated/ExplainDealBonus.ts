// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { OpportunityId } from "./OpportunityId";
import type { PersonId } from "./PersonId";

/**
 * What would this deal pay?
 */
export type ExplainDealBonus = { 
/**
 * An open deal.
 */
deal: OpportunityId, 
/**
 * Its amount in major units; none: its own, where it has one. It is never guessed.
 */
amount: string | null, 
/**
 * Day of closing; none: today.
 */
closed_on: string | null, 
/**
 * Only of this person; none: of everybody whose pay is seen.
 */
person: PersonId | null, };
