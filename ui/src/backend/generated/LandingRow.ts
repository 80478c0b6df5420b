// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A landing in its parts, exact amounts in major units: `won + open + new` is `landing`.
 */
export type LandingRow = { 
/**
 * Id of the unit or person; empty: what belongs to none, or the whole.
 */
key: string, 
/**
 * In words.
 */
label: string, 
/**
 * Of a person who has one.
 */
staff_number: string | null, 
/**
 * How deep below the whole.
 */
depth: number, 
/**
 * Won so far.
 */
won: string, 
/**
 * Expected of open deals.
 */
open: string, 
/**
 * Expected of deals not opened yet.
 */
new: string, 
/**
 * All together.
 */
landing: string, 
/**
 * Below it 2.5 % of the outcomes are expected; none where nothing says how far off the landing may be.
 */
lower: string | null, 
/**
 * Above it 2.5 % of the outcomes are expected; none with the lower end.
 */
upper: string | null, 
/**
 * Open deals.
 */
open_deals: number, 
/**
 * Their amounts.
 */
open_amount: string, 
/**
 * Goal of the period, where there is one.
 */
goal: string | null, 
/**
 * Landing by goal, exact.
 */
attainment: string | null, };
