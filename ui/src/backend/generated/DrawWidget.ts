// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { Scope } from "./Scope";
import type { Shows } from "./Shows";

/**
 * What a widget shows of a unit and period.
 */
export type DrawWidget = { 
/**
 * What.
 */
shows: Shows, 
/**
 * Unit and period.
 */
scope: Scope, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
