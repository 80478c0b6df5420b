// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";

/**
 * Money or a number.
 */
export type FigureView = { 
/**
 * Where it is money.
 */
money: Money | null, 
/**
 * Where it is a number: exact, a plain decimal or a fraction.
 */
number: string | null, };
