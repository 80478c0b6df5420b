// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { UnitId } from "./UnitId";

/**
 * Whom to list.
 */
export type ListPlanPeople = { 
/**
 * First day; none: the first of the running year.
 */
from?: string, 
/**
 * Day after the last; none: that of the running year.
 */
to?: string, 
/**
 * Only a unit and what is below it.
 */
unit?: UnitId, };
