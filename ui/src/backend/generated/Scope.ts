// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { UnitId } from "./UnitId";

/**
 * The unit and period that the top bar has chosen; None is the whole company.
 */
export type Scope = { 
/**
 * The organisation unit, with all below it.
 */
unit: UnitId | null, 
/**
 * The period.
 */
period: string, };
