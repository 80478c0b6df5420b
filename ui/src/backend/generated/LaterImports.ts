// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchId } from "./BatchId";

/**
 * What becomes of later imports that repeated rows of one that is taken back. An answer names those that
 * were shown: where there are others by now, the question is asked again.
 */
export type LaterImports = "ask" | { "take_back_too": { 
/**
 * Those that were shown.
 */
imports: Array<BatchId>, } } | { "leave": { 
/**
 * Those that were shown.
 */
imports: Array<BatchId>, } };
