// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Role } from "./Role";
import type { Value } from "./Value";

/**
 * One value a category.
 */
export type Series = { 
/**
 * Stable key.
 */
key: string, 
/**
 * What the legend and the sheet's header say.
 */
label: string, 
/**
 * How it is drawn.
 */
role: Role, 
/**
 * In the order of the categories. `None` is unknown, which is not zero.
 */
values: Array<Value | null>, };
