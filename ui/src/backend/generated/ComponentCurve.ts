// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CurvePoint } from "./CurvePoint";
import type { Money } from "./Money";

/**
 * The payout curve of a component, for a goal and a target bonus that are said.
 */
export type ComponentCurve = { 
/**
 * Its code.
 */
component: string, 
/**
 * `attainment` or `amount`: what x is.
 */
by: string, 
/**
 * Goal that it is drawn for.
 */
goal: Money, 
/**
 * Target bonus that it is drawn for.
 */
target_bonus: Money, 
/**
 * In order of x; at an edge one just below and one just above.
 */
points: Array<CurvePoint>, };
