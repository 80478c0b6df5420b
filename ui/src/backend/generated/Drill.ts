// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";
import type { Scope } from "./Scope";

/**
 * Names a set of records: what stands behind a number.
 */
export type Drill = { 
/**
 * `won_amount`, `attainment`, `won_count`, `lost_count`, `win_rate`, `average_deal`.
 */
figure: string, 
/**
 * Unit and period.
 */
scope: Scope, 
/**
 * Only this person's.
 */
person: PersonId | null, 
/**
 * Only this customer type (`""` is "without type").
 */
customer_type: string | null, 
/**
 * A part of the period (a week's key) instead of the whole.
 */
part: string | null, 
/**
 * Continue after this row.
 */
cursor: string | null, };
