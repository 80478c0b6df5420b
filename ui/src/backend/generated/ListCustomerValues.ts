// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { UnitId } from "./UnitId";

/**
 * Which customers' purchases so far.
 */
export type ListCustomerValues = { 
/**
 * Of deals made in this unit and below; None is the whole company.
 */
unit: UnitId | null, 
/**
 * Of deals closed before this day; None is up to today.
 */
before: string | null, 
/**
 * Continue after this row.
 */
cursor: string | null, };
