// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { Metric } from "./Metric";

/**
 * The papers of everybody who is seen.
 */
export type ExportGoalLetters = { 
/**
 * Of which figure.
 */
metric: Metric, 
/**
 * Year.
 */
year: number, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
