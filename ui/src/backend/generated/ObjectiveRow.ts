// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusObjectiveId } from "./BonusObjectiveId";

/**
 * An objective.
 */
export type ObjectiveRow = { 
/**
 * Its id.
 */
id: BonusObjectiveId, 
/**
 * What.
 */
name: string, 
/**
 * Share of the whole: `40%`.
 */
weight: string, 
/**
 * How far it was reached: `80%`; none: not judged yet.
 */
result: string | null, 
/**
 * Who judged it, or entered it.
 */
author: string, 
/**
 * When.
 */
at: string, };
