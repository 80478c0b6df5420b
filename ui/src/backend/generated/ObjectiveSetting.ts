// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusObjectiveId } from "./BonusObjectiveId";

/**
 * An objective, as somebody writes it.
 */
export type ObjectiveSetting = { 
/**
 * A known one, which keeps its result; none: a new one.
 */
id?: BonusObjectiveId, 
/**
 * What.
 */
name: string, 
/**
 * Share of the whole: `40%`, `0.4` or `2/5`.
 */
weight: string, };
