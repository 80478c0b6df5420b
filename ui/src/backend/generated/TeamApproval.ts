// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { UnitId } from "./UnitId";

/**
 * A team's numbers.
 */
export type TeamApproval = { 
/**
 * Which unit.
 */
unit: UnitId, 
/**
 * Its name.
 */
name: string, 
/**
 * People with a statement.
 */
people: number, 
/**
 * Sum of their statements.
 */
total: Money, 
/**
 * Who approved it.
 */
approved_by: string | null, 
/**
 * When.
 */
at: string | null, 
/**
 * The asker may approve it.
 */
may_approve: boolean, };
