// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A period ahead, in major units.
 */
export type ForecastAhead = { 
/**
 * Key of the period.
 */
period: string, 
/**
 * It in words.
 */
label: string, 
/**
 * Expected.
 */
mean: string, 
/**
 * Below it 2.5 % of the outcomes are expected.
 */
lower: string, 
/**
 * Above it 2.5 % of the outcomes are expected.
 */
upper: string, };
