// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BothWords } from "./BothWords";
import type { KpiGoalInForce } from "./KpiGoalInForce";
import type { KpiGoalParts } from "./KpiGoalParts";
import type { Message } from "./Message";

/**
 * A goal of a KPI as it is in force.
 */
export type KpiGoalView = { 
/**
 * Code of the KPI.
 */
metric: string, 
/**
 * Its name.
 */
name: BothWords, 
/**
 * Id of the unit or person.
 */
whose: string, 
/**
 * Its name.
 */
whose_name: string, 
/**
 * `company`, `department`, `team`, `person`.
 */
level: string, 
/**
 * In which period.
 */
period: string, 
/**
 * What is to be reached; none: nothing is set.
 */
goal: KpiGoalInForce | null, 
/**
 * Why there is none.
 */
reason: Message | null, 
/**
 * What the parts are together, where goals are set below.
 */
parts: KpiGoalParts | null, 
/**
 * Own goal less what the parts are together, exact; none where one of both is missing.
 */
difference: string | null, 
/**
 * It in the KPI's digits; of a share in points.
 */
difference_shown: string | null, };
