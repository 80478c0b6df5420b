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
 * In the statement of this period.
 */
period: string, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * How much.
 */
amount: Money, 
/**
 * Why.
 */
reason: string, 
/**
 * What made it necessary.
 */
cause: Array<Message>, 
/**
 * The period that was recalculated; None: entered by hand.
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
 * Whether the asker may approve or refuse it now.
 */
may_decide: boolean, 
/**
 * Whether the asker may take it back now.
 */
may_withdraw: boolean, };
