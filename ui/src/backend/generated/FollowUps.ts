// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { FollowUpLine } from "./FollowUpLine";
import type { OpportunityId } from "./OpportunityId";

/**
 * The deal with what was done about its customer and is meant to be done next.
 */
export type FollowUps = { 
/**
 * The deal.
 */
opportunity: OpportunityId, 
/**
 * As its source calls it.
 */
deal: string, 
/**
 * Its customer; without one no interaction can be entered.
 */
customer: string | null, 
/**
 * Newest first.
 */
lines: Array<FollowUpLine>, };
