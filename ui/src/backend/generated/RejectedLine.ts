// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * A row that is not imported.
 */
export type RejectedLine = { 
/**
 * File name.
 */
file: string, 
/**
 * Line, counted from 1 with the header.
 */
line: number, 
/**
 * Why.
 */
reason: Message, 
/**
 * The row as it was.
 */
raw: Array<string>, };
