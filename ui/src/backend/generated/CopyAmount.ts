// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What the year it is copied to comes to.
 */
export type CopyAmount = { "by": "growth", 
/**
 * Plain decimal, not negative: `1.1` is 10 % more.
 */
factor: string, } | { "by": "amount", 
/**
 * Major units, as in `12000000` or `12000000.50`.
 */
amount: string, };
