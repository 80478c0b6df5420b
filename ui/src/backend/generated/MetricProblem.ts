// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * One thing that is wrong.
 */
export type MetricProblem = { 
/**
 * `code`, `formula`, `decimals`, `event_date`, `name`, `definition` or `source`.
 */
field: string, 
/**
 * What.
 */
message: Message, };
