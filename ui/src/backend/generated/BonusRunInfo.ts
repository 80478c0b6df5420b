// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusRunId } from "./BonusRunId";
import type { Money } from "./Money";

/**
 * A run without its statements.
 */
export type BonusRunInfo = { 
/**
 * Id.
 */
id: BonusRunId, 
/**
 * Code of its plan.
 */
plan: string, 
/**
 * Period.
 */
period: string, 
/**
 * When.
 */
at: string, 
/**
 * Sum.
 */
total: Money, 
/**
 * Of how many people, where it is of some only; such a run is never handed in.
 */
people?: number, 
/**
 * Which version of the period's statements, where it recalculates a period that was settled.
 */
version?: number, };
