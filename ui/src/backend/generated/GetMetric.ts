// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Comparison } from "./Comparison";
import type { Grain } from "./Grain";
import type { MetricBy } from "./MetricBy";
import type { PartFilter } from "./PartFilter";
import type { UnitId } from "./UnitId";

/**
 * A metric x split x periods x filter x comparison.
 */
export type GetMetric = { 
/**
 * Code of the metric.
 */
metric: string, 
/**
 * Split by; none: not.
 */
by: MetricBy | null, 
/**
 * A row for each period; none: the interval is one.
 */
grain: Grain | null, 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last.
 */
to: string, 
/**
 * Only this unit and below.
 */
unit: UnitId | null, 
/**
 * Held against.
 */
compare: Comparison | null, 
/**
 * Only of one part of another split.
 */
filter?: PartFilter, };
