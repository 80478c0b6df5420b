// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRole } from "./AccountRole";
import type { Password } from "./Password";
import type { PersonId } from "./PersonId";

/**
 * Makes an account. The first one of a store has to be of the role hr, and is signed in at once.
 */
export type AddAccount = { 
/**
 * 1 to 64 characters, unique whatever the case.
 */
name: string, 
/**
 * Role.
 */
role: AccountRole, 
/**
 * Whose; managers and sales need one.
 */
person: PersonId | null, 
/**
 * At least 8 characters.
 */
password: Password, };
