// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { KpiGoalPart } from "./KpiGoalPart";
import type { KpiGoalSource } from "./KpiGoalSource";

/**
 * What the parts of a unit are together.
 */
export type KpiGoalParts = { 
/**
 * `mean` or `sum`.
 */
source: KpiGoalSource, 
/**
 * Exact; none where the parts weigh nothing.
 */
value: string | null, 
/**
 * In the KPI's digits.
 */
shown: string | null, 
/**
 * Of a mean: the formula by which the parts weigh (`won_count + lost_count`), or `people`.
 */
weighed_by: string | null, 
/**
 * The year whose facts the weights are; none for people.
 */
weighed_in: number | null, 
/**
 * The parts: units or people with a goal, each at the nearest one.
 */
rows: Array<KpiGoalPart>, 
/**
 * Names of parts without a goal, which are left out.
 */
left_out: Array<string>, };
