// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";
import type { LaterImports } from "./LaterImports";

/**
 * Takes an import back.
 */
export type UndoBatch = { 
/**
 * Which.
 */
batch: BatchId, 
/**
 * And those that repeated it.
 */
later: LaterImports, };
