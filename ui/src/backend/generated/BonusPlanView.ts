// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BonusPlanSettings } from "./BonusPlanSettings";
import type { CurvePoint } from "./CurvePoint";
import type { PlanProblem } from "./PlanProblem";

/**
 * The plan in force, in words and as the document itself.
 */
export type BonusPlanView = { 
/**
 * Version, 0 for the built-in template that nobody has changed.
 */
version: number, 
/**
 * The settings, editable.
 */
settings: BonusPlanSettings, 
/**
 * The document (TOML).
 */
document: string, 
/**
 * Problems found (`overlapping_tiers`, `gap`, `falling_payout` ...).
 */
problems: Array<PlanProblem>, 
/**
 * Points of the payout curve for a target bonus of 1: attainment -> share of the target bonus.
 */
curve: Array<CurvePoint>, };
