// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRole } from "./AccountRole";
import type { PersonId } from "./PersonId";

/**
 * Whose personal file a store is.
 */
export type PersonalInfo = { 
/**
 * The person.
 */
person: PersonId, 
/**
 * Their name.
 */
name: string, 
/**
 * Their staff number, where somebody else has the name.
 */
number: string | null, 
/**
 * As what they see it.
 */
role: AccountRole, 
/**
 * The day on which it was made.
 */
on: string, };
