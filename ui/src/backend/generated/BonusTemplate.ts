// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A plan to start from.
 */
export type BonusTemplate = { 
/**
 * Its code.
 */
code: string, 
/**
 * Chinese name.
 */
name_zh: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * The plan as JSON.
 */
plan: string, };
