// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A place on the grid of twelve columns; the rows are as many as needed. No two places of a board
 * overlap.
 */
export type Place = { 
/**
 * Columns from the left, from 0.
 */
x: number, 
/**
 * Rows from the top, from 0.
 */
y: number, 
/**
 * Columns wide, 1 to 12.
 */
w: number, 
/**
 * Rows high, from 1.
 */
h: number, };
