// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * A line to add.
 */
export type AddBonusAdjustment = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * In the statement of this period, which is still open.
 */
period: string, 
/**
 * Code of the plan; None: the plan in force.
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
