// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { Scope } from "./Scope";

/**
 * Which dashboard, in which language its titles and labels are.
 */
export type GetDashboard = { 
/**
 * Unit and period.
 */
scope: Scope, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
