// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { SpecialDay } from "./SpecialDay";

/**
 * Days off and make-up days to add to the company's own.
 */
export type AddHolidays = { 
/**
 * The days; what they say of a day replaces what was known of it.
 */
days: Array<SpecialDay>, 
/**
 * Whether the company's own days before are forgotten.
 */
replace: boolean, };
