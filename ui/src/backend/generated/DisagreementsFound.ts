// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Disagreement } from "./Disagreement";

/**
 * Disagreements that an import has met.
 */
export type DisagreementsFound = { 
/**
 * Fields.
 */
count: number, 
/**
 * Some of them.
 */
samples: Array<Disagreement>, };
