// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ImportDecisions } from "./ImportDecisions";

/**
 * Session and decisions.
 */
export type ImportRequest = { 
/**
 * Token of the session.
 */
session: string, 
/**
 * What was decided so far.
 */
decisions: ImportDecisions, };
