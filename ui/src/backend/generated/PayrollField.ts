// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What a column can hold.
 */
export type PayrollField = { 
/**
 * Its code.
 */
field: string, 
/**
 * Chinese name of a component.
 */
name_zh: string | null, 
/**
 * English name of a component.
 */
name_en: string | null, };
