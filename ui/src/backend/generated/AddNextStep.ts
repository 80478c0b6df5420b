// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { OpportunityId } from "./OpportunityId";

/**
 * What somebody means to do next about a deal.
 */
export type AddNextStep = { 
/**
 * The deal.
 */
opportunity: OpportunityId, 
/**
 * What.
 */
step: string, 
/**
 * Until when.
 */
due_on: string | null, };
