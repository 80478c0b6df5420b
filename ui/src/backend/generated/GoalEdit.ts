// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalAbove } from "./GoalAbove";

/**
 * One change of a plan.
 */
export type GoalEdit = { "kind": "set", 
/**
 * Id of a unit or person.
 */
unit: string, 
/**
 * A period of the plan.
 */
period: string, 
/**
 * Major units.
 */
amount: string, 
/**
 * What happens above.
 */
above: GoalAbove, } | { "kind": "shift", 
/**
 * Who gives.
 */
from: string, 
/**
 * Who takes.
 */
to: string, 
/**
 * In which period.
 */
period: string, 
/**
 * Major units.
 */
amount: string, } | { "kind": "revise", 
/**
 * Id of a unit or person.
 */
unit: string, 
/**
 * First day that may change.
 */
from: string, 
/**
 * Major units of the whole year.
 */
amount: string, 
/**
 * What happens above.
 */
above: GoalAbove, } | { "kind": "copy", 
/**
 * Whose numbers.
 */
from: string, 
/**
 * Who gets them.
 */
to: Array<string>, 
/**
 * Whether the units above change with them, or others in them absorb the difference.
 */
above?: GoalAbove, } | { "kind": "lock", 
/**
 * Id of a unit or person.
 */
unit: string, 
/**
 * A period of the plan.
 */
period: string, } | { "kind": "unlock", 
/**
 * Id of a unit or person.
 */
unit: string, 
/**
 * A period of the plan.
 */
period: string, };
