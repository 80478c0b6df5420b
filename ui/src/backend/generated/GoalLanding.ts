// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Where the period will land.
 */
export type GoalLanding = { 
/**
 * From what was known at the end of this day.
 */
as_of: string, 
/**
 * Expected.
 */
expected: string, 
/**
 * Below it 2.5 % of the outcomes are expected; none: not known.
 */
lower: string | null, 
/**
 * Above it 2.5 % of the outcomes are expected.
 */
upper: string | null, };
