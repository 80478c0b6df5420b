// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * One target bonus record.
 */
export type TargetBonusRow = { 
/**
 * Whose.
 */
person: PersonId, 
/**
 * The record, for its history; None without.
 */
record: string | null, 
/**
 * Their name.
 */
name: string, 
/**
 * Staff number, where known.
 */
staff_number: string | null, 
/**
 * Team, today.
 */
team: string | null, 
/**
 * Amount per quarter; None is "no record".
 */
per_quarter: Money | null, 
/**
 * First day; None without record.
 */
from: string | null, };
