// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusObjectiveId } from "./BonusObjectiveId";

/**
 * Judges an objective.
 */
export type JudgeObjective = { 
/**
 * Which.
 */
objective: BonusObjectiveId, 
/**
 * How far it was reached: `80%`, `0.8` or `4/5`; none: not judged after all.
 */
result?: string, };
