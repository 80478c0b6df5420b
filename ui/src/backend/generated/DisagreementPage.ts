// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Disagreement } from "./Disagreement";

/**
 * A window of disagreements.
 */
export type DisagreementPage = { 
/**
 * Fields, by record.
 */
rows: Array<Disagreement>, 
/**
 * Continue after this; none at the end.
 */
next: string | null, 
/**
 * All of them.
 */
total: number, };
