// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BatchInfo } from "./BatchInfo";

/**
 * A later import that repeated rows of an earlier one.
 */
export type LaterImport = { 
/**
 * It.
 */
import: BatchInfo, 
/**
 * How many rows.
 */
repeated_rows: number, };
