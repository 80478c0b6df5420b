// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * Enters an adjustment.
 */
export type AddBonusAdjustment = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * In whose statement it stands.
 */
period: string, 
/**
 * Code of a plan; None: the plan in force.
 */
plan?: string, 
/**
 * How much, below zero too.
 */
amount: Money, 
/**
 * Why.
 */
reason: string, };
