// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { OwnMetric } from "./OwnMetric";

/**
 * An own metric to be checked or kept.
 */
export type KeepMetric = { 
/**
 * What it shall be.
 */
metric: OwnMetric, 
/**
 * It is none of those that there are: a code that one has is refused.
 */
is_new: boolean, };
