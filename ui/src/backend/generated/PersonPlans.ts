// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonId } from "./PersonId";
import type { PersonPlan } from "./PersonPlan";

/**
 * A person's plans over the days that were asked for.
 */
export type PersonPlans = { 
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
 * Unit, today.
 */
unit: string | null, 
/**
 * In order, without a gap.
 */
plans: Array<PersonPlan>, };
