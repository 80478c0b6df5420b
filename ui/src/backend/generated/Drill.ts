// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerId } from "./CustomerId";
import type { Days } from "./Days";
import type { PersonId } from "./PersonId";
import type { UnitId } from "./UnitId";

/**
 * Names a set of records: what stands behind a number. Whoever makes a number makes its drill too;
 * the window gives it back as it got it.
 */
export type Drill = { 
/**
 * `won_amount`, `attainment`, `won_count`, `lost_count`, `win_rate`, `average_deal`.
 */
figure: string, 
/**
 * Of this unit and all below it; None is the whole company.
 */
unit: UnitId | null, 
/**
 * Only what was made in the unit itself, not below it; without a unit, by people of no unit.
 */
directly: boolean, 
/**
 * On which days.
 */
days: Days, 
/**
 * Only this person's.
 */
person: PersonId | null, 
/**
 * Only these customer types (`""` is "without type"); none named: all.
 */
customer_types: Array<string>, 
/**
 * Only this customer's.
 */
customer?: CustomerId, 
/**
 * Continue after this row.
 */
cursor: string | null, };
