// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Password } from "./Password";

/**
 * Signs in.
 */
export type SignIn = { 
/**
 * Name of the account, whatever its case.
 */
name: string, 
/**
 * Its password.
 */
password: Password, };
