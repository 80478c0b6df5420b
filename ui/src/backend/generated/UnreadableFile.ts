// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * A file that cannot be imported.
 */
export type UnreadableFile = { 
/**
 * File name.
 */
file: string, 
/**
 * Why.
 */
reason: Message, 
/**
 * For decisions, where another encoding may open it.
 */
index: number | null, 
/**
 * The encoding that was chosen for it last, without success.
 */
encoding: string | null, };
