// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Days } from "./Days";
import type { MetricBy } from "./MetricBy";
import type { PartFilter } from "./PartFilter";
import type { Sizes } from "./Sizes";
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
unit: UnitId | null, 
/**
 * Several parts as one; `key` is not looked at then.
 */
keys?: Array<string>, 
/**
 * Only of one part of another split.
 */
filter?: PartFilter, 
/**
 * Of deals by their opening: what was won before this day.
 */
closed_before?: string, 
/**
 * Only won deals of this size, `[from, to)` in minor units.
 */
sizes?: Sizes, };
