// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A period that is known.
 */
export type ForecastPoint = { 
/**
 * Key of the period.
 */
period: string, 
/**
 * It in words.
 */
label: string, 
/**
 * Exact value in major units; none is not known.
 */
value: string | null, 
/**
 * An outlier: what was learned from instead.
 */
expected: string | null, 
/**
 * The level changed here for good.
 */
shift: boolean, };
