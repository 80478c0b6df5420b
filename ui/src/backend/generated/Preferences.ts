// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Language and theme; None follows the system.
 */
export type Preferences = { 
/**
 * `zh-CN` or `en`.
 */
language: string | null, 
/**
 * `light` or `dark`.
 */
theme: string | null, };
