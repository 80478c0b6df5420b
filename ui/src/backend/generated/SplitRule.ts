// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BlendRule } from "./BlendRule";

/**
 * How to split.
 */
export type SplitRule = { "by": "history", 
/**
 * Base year.
 */
base: number | null, } | { "by": "equal" } | { "by": "weights", 
/**
 * Staff number, name or id -> plain decimal, not negative.
 */
weights: { [key in string]: string }, } | { "by": "blend" } & BlendRule;
