// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Password } from "./Password";

/**
 * Changes one's own password.
 */
export type ChangePassword = { 
/**
 * The one so far.
 */
old: Password, 
/**
 * At least 8 characters.
 */
new: Password, };
