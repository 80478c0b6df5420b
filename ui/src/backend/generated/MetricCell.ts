// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { MetricDrill } from "./MetricDrill";

/**
 * A value with what it is made of.
 */
export type MetricCell = { 
/**
 * Exact: an integer or a fraction; amounts in major units. None is "no value", never zero.
 */
value: string | null, 
/**
 * Rounded to the metric's digits, a share in per cent.
 */
shown: string | null, 
/**
 * Why there is no value.
 */
reason: Message | null, 
/**
 * The measures in its formula that are known, exact.
 */
parts: { [key in string]: string }, 
/**
 * What it is held against, rounded; none without comparison.
 */
compared: string | null, 
/**
 * The same, exact.
 */
compared_value: string | null, 
/**
 * Change against it, exact: `1/10` is +10 %; of a share the difference (`1/100` is one point); of a goal
 * the share that is reached.
 */
change: string | null, 
/**
 * It in words: `+10.0%`, of a share in points `+1.0 pp`, of a goal the share that is reached `85.0%`.
 */
change_shown: string | null, 
/**
 * Why there is no comparison.
 */
compared_reason: Message | null, 
/**
 * What opens; none where nothing is listed one by one.
 */
drill: MetricDrill | null, };
