// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What would have been said at the same point of an earlier period, and what came.
 */
export type PastLanding = { 
/**
 * Key of the period.
 */
period: string, 
/**
 * It in words.
 */
label: string, 
/**
 * The day.
 */
as_of: string, 
/**
 * The landing.
 */
landing: string, 
/**
 * Lower end of its interval.
 */
lower: string, 
/**
 * Upper end.
 */
upper: string, 
/**
 * What came.
 */
actual: string, 
/**
 * Landing less actual by actual, exact; none where nothing came.
 */
off: string | null, 
/**
 * Whether the interval held it.
 */
held: boolean, };
