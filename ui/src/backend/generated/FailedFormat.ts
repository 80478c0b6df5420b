// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * A format that could not be made.
 */
export type FailedFormat = { 
/**
 * `pdf`, `png`, `svg`, `xlsx`.
 */
format: string, 
/**
 * Why.
 */
reason: Message, };
