// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalPlanId } from "./GoalPlanId";
import type { GoalPlanState } from "./GoalPlanState";
import type { Money } from "./Money";

/**
 * A version of a goal.
 */
export type GoalPlanInfo = { 
/**
 * Id.
 */
id: GoalPlanId, 
/**
 * Year.
 */
year: number, 
/**
 * Version.
 */
version: number, 
/**
 * State.
 */
state: GoalPlanState, 
/**
 * The company's goal; for who does not see all of it, the sum of what they see.
 */
amount: Money, 
/**
 * `history`, `equal`, `weights`; None: not split yet.
 */
split_by: string | null, 
/**
 * Base year of a split by history.
 */
base: number | null, };
