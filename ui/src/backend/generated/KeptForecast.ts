// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A forecast that was kept, of a period that is over.
 */
export type KeptForecast = { 
/**
 * The last day that was known.
 */
on: string, 
/**
 * `forecast` or `landing`.
 */
kind: string, 
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
 * Expected less actual by actual, exact; none where nothing came.
 */
off: string | null, 
/**
 * Whether the interval held it.
 */
held: boolean, };
