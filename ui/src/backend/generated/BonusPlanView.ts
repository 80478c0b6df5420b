// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ComponentCurve } from "./ComponentCurve";
import type { PlanProblem } from "./PlanProblem";
import type { PlanVersion } from "./PlanVersion";

/**
 * A plan with what is to be known about it.
 */
export type BonusPlanView = { 
/**
 * Version in force, 0 for the built-in template that nobody has changed.
 */
version: number, 
/**
 * The plan as JSON of the published schema, every setting that is not its default.
 */
plan: string, 
/**
 * The same as a document (TOML).
 */
document: string, 
/**
 * Problems found (`overlapping_tiers`, `gap`, `falling_payout` ...).
 */
problems: Array<PlanProblem>, 
/**
 * The payout curve of each component, in their order; empty where the plan has errors.
 */
curves: Array<ComponentCurve>, 
/**
 * All its versions that hold some day, in the order of their days; empty of a draft.
 */
versions: Array<PlanVersion>, };
