// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { Scope } from "./Scope";

/**
 * Exports the dashboard of a scope into a folder that a dialog opened by Rust returns.
 */
export type ExportDashboard = { 
/**
 * Unit and period.
 */
scope: Scope, 
/**
 * Any of `pdf`, `png`, `svg`, `xlsx`.
 */
formats: Array<string>, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, 
/**
 * Of this board all charts, key figures and tables; none: the dashboard.
 */
board?: string, };
