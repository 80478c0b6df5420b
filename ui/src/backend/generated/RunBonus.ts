// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";

/**
 * Runs a period.
 */
export type RunBonus = { 
/**
 * A period of the plan.
 */
period: string, 
/**
 * Code of the plan; none: that of everybody who is assigned to none.
 */
plan?: string, 
/**
 * Only compute and show; nothing is kept.
 */
preview: boolean, 
/**
 * Statements of these people only; None: of everybody. Such a run is never handed in.
 */
people?: Array<PersonId>, };
