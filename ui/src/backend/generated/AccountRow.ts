// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountId } from "./AccountId";
import type { AccountRole } from "./AccountRole";
import type { PersonId } from "./PersonId";

/**
 * An account.
 */
export type AccountRow = { 
/**
 * Id.
 */
id: AccountId, 
/**
 * What is typed to sign in.
 */
name: string, 
/**
 * Role.
 */
role: AccountRole, 
/**
 * The person whose it is.
 */
person: PersonId | null, 
/**
 * Their name.
 */
person_name: string | null, 
/**
 * Staff number, to tell two of one name apart.
 */
staff_number: string | null, 
/**
 * May no longer sign in.
 */
disabled: boolean, };
