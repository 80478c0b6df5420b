// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A KPI of a scorecard, as somebody writes it.
 */
export type KpiWeightSetting = { 
/**
 * Code of the KPI.
 */
metric: string, 
/**
 * Its part of the whole: `60%`, `0.6` or `3/5`.
 */
weight: string, 
/**
 * The attainment beyond which more counts nothing: `150%`; none: no limit.
 */
cap?: string, };
