// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MetricInfo } from "./MetricInfo";
import type { MetricProblem } from "./MetricProblem";

/**
 * What is wrong with an own metric.
 */
export type CheckedMetric = { 
/**
 * Field by field; none: it can be kept.
 */
problems: Array<MetricProblem>, 
/**
 * As it would be listed, if its formula can be calculated.
 */
metric: MetricInfo | null, };
