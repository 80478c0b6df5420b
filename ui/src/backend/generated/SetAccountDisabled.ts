// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountId } from "./AccountId";

/**
 * Disables an account or enables it again.
 */
export type SetAccountDisabled = { 
/**
 * Which.
 */
account: AccountId, 
/**
 * May no longer sign in.
 */
disabled: boolean, };
