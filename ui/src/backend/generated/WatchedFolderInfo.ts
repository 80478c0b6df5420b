// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * A watched folder.
 */
export type WatchedFolderInfo = { 
/**
 * Id.
 */
id: string, 
/**
 * Where it is.
 */
path: string, 
/**
 * Name of the mapping.
 */
profile: string | null, 
/**
 * Source of its files.
 */
source: string, 
/**
 * Kind code of its files, where it is fixed.
 */
kind: string | null, 
/**
 * Since when.
 */
since: string, 
/**
 * Why it could not be looked into.
 */
problem: Message | null, 
/**
 * Files that are still being written.
 */
settling: number, };
