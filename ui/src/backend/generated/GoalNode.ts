// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Days } from "./Days";

/**
 * A number of the decomposition.
 */
export type GoalNode = { 
/**
 * Stable id of the unit or person.
 */
unit: string, 
/**
 * Name.
 */
name: string, 
/**
 * Of a person who has one, to tell two of one name apart.
 */
staff_number?: string, 
/**
 * Unit above.
 */
parent_unit: string | null, 
/**
 * `company`, `department`, `team`, `person`.
 */
level: string, 
/**
 * Period key.
 */
period: string, 
/**
 * Period above.
 */
parent_period: string | null, 
/**
 * Its days, where weeks are asked for.
 */
days?: Days, 
/**
 * The goal in major units, plain decimal.
 */
amount: string, 
/**
 * Its currency.
 */
currency: string, };
