// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CycleAction } from "./CycleAction";
import type { CycleState } from "./CycleState";
import type { Message } from "./Message";
import type { Money } from "./Money";

/**
 * A cycle in a list.
 */
export type CycleSummary = { 
/**
 * The period.
 */
period: string, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * How far it is.
 */
state: CycleState, 
/**
 * As in [`BonusCycle`].
 */
total: Money | null, 
/**
 * Who is awaited.
 */
waits_for: Array<Message>, 
/**
 * What the asker may do where somebody is awaited: between handing in and payment, and where opening again
 * was asked for.
 */
can: Array<CycleAction>, };
