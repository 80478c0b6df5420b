// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";

/**
 * Writes the statements of everybody who is seen, a PDF each.
 */
export type ExportStatements = { 
/**
 * A period.
 */
period: string, 
/**
 * Code of the plan; none: the one that was run for the period last.
 */
plan?: string, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
