// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { PersonId } from "./PersonId";

/**
 * Writes one person's statement as PDF.
 */
export type ExportStatement = { 
/**
 * A period.
 */
period: string, 
/**
 * Code of the plan; none: the one that was run for the period last.
 */
plan?: string, 
/**
 * Whose; none: the own one.
 */
person?: PersonId, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
