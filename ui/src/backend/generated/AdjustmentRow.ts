// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusAdjustmentId } from "./BonusAdjustmentId";
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * A line beside what a plan pays.
 */
export type AdjustmentRow = { 
/**
 * Id.
 */
id: BonusAdjustmentId, 
/**
 * Whose.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * In whose statement it stands.
 */
period: string, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * How much, below zero too.
 */
amount: Money, 
/**
 * Why.
 */
reason: string, 
/**
 * What made it necessary; empty: by hand.
 */
cause: Array<Message>, 
/**
 * The period that was recalculated.
 */
restated: string | null, 
/**
 * Who entered it.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * `waiting`, `approved`, `refused`, `withdrawn`.
 */
state: string, 
/**
 * Who decided.
 */
decided_by: string | null, 
/**
 * When.
 */
decided_at: string | null, 
/**
 * Why.
 */
decision_reason: string | null, 
/**
 * The asker may approve or refuse it.
 */
may_decide: boolean, 
/**
 * The asker may take it back.
 */
may_withdraw: boolean, };
