// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * An early warning, or that there is none.
 */
export type Warning = { 
/**
 * `pace`, `coverage`, `change`.
 */
kind: string, 
/**
 * `ok`, `warn`, or `unknown` where it cannot be said.
 */
state: string, 
/**
 * With its numbers.
 */
message: Message, };
