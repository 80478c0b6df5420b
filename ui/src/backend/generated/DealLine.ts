// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { StatementLineView } from "./StatementLineView";

/**
 * A line without and with the deal.
 */
export type DealLine = { 
/**
 * Without.
 */
before: StatementLineView | null, 
/**
 * With.
 */
after: StatementLineView | null, };
