// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { TraceStep } from "./TraceStep";

/**
 * A step without and with the deal.
 */
export type DealStep = { 
/**
 * Without.
 */
before: TraceStep | null, 
/**
 * With.
 */
after: TraceStep | null, };
