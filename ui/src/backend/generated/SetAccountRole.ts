// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountId } from "./AccountId";
import type { AccountRole } from "./AccountRole";
import type { PersonId } from "./PersonId";

/**
 * Gives an account another role, and the person whose it is.
 */
export type SetAccountRole = { 
/**
 * Which.
 */
account: AccountId, 
/**
 * Role.
 */
role: AccountRole, 
/**
 * Whose; managers and sales need one.
 */
person: PersonId | null, };
