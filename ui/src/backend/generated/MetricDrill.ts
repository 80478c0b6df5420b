// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Days } from "./Days";
import type { MetricBy } from "./MetricBy";
import type { UnitId } from "./UnitId";

/**
 * Names the records behind a value. Whoever makes a number makes its drill too.
 */
export type MetricDrill = { 
/**
 * The metric.
 */
metric: string, 
/**
 * How it is split, and the part; none: not.
 */
by: MetricBy | null, 
/**
 * The part's key.
 */
key: string, 
/**
 * On which days.
 */
days: Days, 
/**
 * Of this unit and below.
 */
unit: UnitId | null, keys?: Array<string>, filter?: { by: MetricBy, key: string }, closed_before?: string, sizes?: { from: string, to: string }, };
