// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BothWords } from "./BothWords";

/**
 * A goal of a KPI as it was set.
 */
export type KpiGoalRow = { 
/**
 * Code of the KPI.
 */
metric: string, 
/**
 * Its name.
 */
name: BothWords, 
/**
 * Id of the unit or person.
 */
whose: string, 
/**
 * Its name.
 */
whose_name: string, 
/**
 * Of a person who has one.
 */
staff_number: string | null, 
/**
 * `company`, `department`, `team`, `person`.
 */
level: string, 
/**
 * In which period.
 */
period: string, 
/**
 * First day on which it is the goal.
 */
from: string, 
/**
 * Day after the last: the first of the next such goal; none: until further notice.
 */
to: string | null, 
/**
 * Exact, in the KPI's unit: a share as a fraction, an amount in major units.
 */
value: string, 
/**
 * Rounded to the KPI's digits, a share in per cent.
 */
shown: string, };
