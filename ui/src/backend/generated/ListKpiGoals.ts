// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Which goals of KPIs.
 */
export type ListKpiGoals = { 
/**
 * Of one KPI only.
 */
metric?: string, 
/**
 * Of one period only.
 */
period?: string, };
