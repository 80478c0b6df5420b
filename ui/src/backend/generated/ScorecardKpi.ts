// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BothWords } from "./BothWords";

/**
 * A KPI of a scorecard.
 */
export type ScorecardKpi = { 
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
