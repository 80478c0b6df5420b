// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { OpportunityId } from "./OpportunityId";

/**
 * What somebody did about a deal's customer.
 */
export type AddInteraction = { 
/**
 * The deal.
 */
opportunity: OpportunityId, 
/**
 * `visit`, `call`, `meeting` or `message`.
 */
kind: string, 
/**
 * When.
 */
on: string, 
/**
 * What was said.
 */
note: string, };
