// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { OpportunityId } from "./OpportunityId";

/**
 * Of which deal.
 */
export type ListFollowUps = { 
/**
 * The deal.
 */
opportunity: OpportunityId, };
