// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * An exact number as it travels: a plain decimal in major units (`3086111.00`), a whole number,
 * or a ratio (`7/8`). What it counts is said by the [`ValueUnit`] beside it.
 */
export type Value = { 
/**
 * The exact text.
 */
raw: string, };
