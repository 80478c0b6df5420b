// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * A problem of a plan.
 */
export type PlanProblem = { 
/**
 * `error`, `warning` or `hint`.
 */
severity: string, 
/**
 * Code of the component; None: the plan as a whole.
 */
component: string | null, 
/**
 * Position of the tier, counted from 0.
 */
tier: number | null, 
/**
 * What.
 */
message: Message, };
