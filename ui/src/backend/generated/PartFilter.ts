// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MetricBy } from "./MetricBy";

/**
 * Only what belongs to one part of a split.
 */
export type PartFilter = { 
/**
 * Which split.
 */
by: MetricBy, 
/**
 * The part's key: an id or a text; empty is "without".
 */
key: string, };
