// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";

/**
 * A year of history.
 */
export type DataYear = { 
/**
 * Year.
 */
year: number, 
/**
 * Months that have data (1 to 12).
 */
months: Array<number>, 
/**
 * What was reached in it.
 */
result: Money, };
