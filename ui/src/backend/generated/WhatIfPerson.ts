// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";
import type { WhatIfPay } from "./WhatIfPay";

/**
 * What a person would have got.
 */
export type WhatIfPerson = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Staff number.
 */
staff_number: string | null, 
/**
 * Team on the last day.
 */
team: string | null, 
/**
 * By plans, major units.
 */
totals: Array<string>, 
/**
 * Against the plan in force, by the other plans, major units.
 */
differences: Array<string>, 
/**
 * By plans, the periods with a statement.
 */
periods: Array<Array<WhatIfPay>>, };
