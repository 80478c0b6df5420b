// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { KpiGoalSource } from "./KpiGoalSource";

/**
 * What is to be reached, and where that comes from.
 */
export type KpiGoalInForce = { 
/**
 * Exact.
 */
value: string, 
/**
 * In the KPI's digits.
 */
shown: string, 
/**
 * Where it comes from.
 */
source: KpiGoalSource, 
/**
 * Of an inherited one the unit's name.
 */
of: string | null, 
/**
 * The period that it is set for, which may be a longer one; none for means and sums.
 */
set_for: string | null, };
