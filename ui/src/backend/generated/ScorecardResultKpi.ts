// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BothWords } from "./BothWords";
import type { KpiGoalInForce } from "./KpiGoalInForce";
import type { Message } from "./Message";

/**
 * What a KPI adds.
 */
export type ScorecardResultKpi = { 
/**
 * `money`, `count`, `ratio`, `number`, `days` or `score`.
 */
unit: string, 
/**
 * What was reached, exact.
 */
actual: string | null, 
/**
 * In the KPI's digits.
 */
actual_shown: string | null, 
/**
 * What is to be reached.
 */
goal: KpiGoalInForce | null, 
/**
 * What counts, exact.
 */
attainment: string | null, 
/**
 * In per cent.
 */
attainment_shown: string | null, 
/**
 * Whether the cap took something away.
 */
is_capped: boolean, 
/**
 * Weight x attainment, exact.
 */
contribution: string | null, 
/**
 * In per cent.
 */
contribution_shown: string | null, 
/**
 * Why there is no attainment.
 */
reason: Message | null, 
/**
 * Code.
 */
metric: string, 
/**
 * Name; the code where the KPI is gone.
 */
name: BothWords, 
/**
 * `higher` or `lower`: what is better.
 */
direction: string, 
/**
 * Exact: a fraction.
 */
weight: string, 
/**
 * In per cent.
 */
weight_shown: string, 
/**
 * The attainment beyond which more counts nothing, exact.
 */
cap: string | null, 
/**
 * It in per cent.
 */
cap_shown: string | null, };
