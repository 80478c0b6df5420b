// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Size of the demo company.
 */
export type CreateDemo = { 
/**
 * People, 5 to 5,000.
 */
people: number, 
/**
 * Opportunities, up to 5,000,000.
 */
deals: number, 
/**
 * Years of history.
 */
years: number, 
/**
 * The same seed and end date give the same company.
 */
seed: number, 
/**
 * Last day of data; None is the last finished month.
 */
until: string | null, };
