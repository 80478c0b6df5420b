// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PeriodKind } from "./PeriodKind";
import type { PlanVersion } from "./PlanVersion";

/**
 * A plan with its versions.
 */
export type PlanInfo = { 
/**
 * Its code.
 */
code: string, 
/**
 * Chinese name, of the version that holds today, else of the next.
 */
name_zh: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * The kind of period that it pays for.
 */
period: PeriodKind, 
/**
 * Whether it is today the plan of everybody who is assigned to none.
 */
everybody: boolean, 
/**
 * People under it today.
 */
people: number, 
/**
 * In the order of their days.
 */
versions: Array<PlanVersion>, };
