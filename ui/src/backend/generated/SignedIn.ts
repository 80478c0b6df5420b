// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountId } from "./AccountId";
import type { AccountRole } from "./AccountRole";
import type { PersonId } from "./PersonId";
import type { Right } from "./Right";

/**
 * Who works with the window.
 */
export type SignedIn = { 
/**
 * The account; None while the store has no accounts, and whoever opens it administers it.
 */
account: AccountId | null, 
/**
 * Its name.
 */
name: string | null, 
/**
 * Its role.
 */
role: AccountRole, 
/**
 * The person whose it is.
 */
person: PersonId | null, 
/**
 * What it may do: the window shows nothing else.
 */
rights: Array<Right>, };
