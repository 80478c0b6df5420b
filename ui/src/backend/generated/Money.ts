// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

export type Money = { 
/**
 * Plain decimal in major units, as in `1234.50`.
 */
amount: string, currency: string, };
