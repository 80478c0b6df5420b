// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountId } from "./AccountId";
import type { Password } from "./Password";

/**
 * Gives an account a new password.
 */
export type ResetPassword = { 
/**
 * Which.
 */
account: AccountId, 
/**
 * At least 8 characters.
 */
password: Password, };
