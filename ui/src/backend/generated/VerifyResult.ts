// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { VerifyCheck } from "./VerifyCheck";

/**
 * What `verify_store` found.
 */
export type VerifyResult = { 
/**
 * Nothing wrong.
 */
ok: boolean, 
/**
 * Each check with its outcome.
 */
checks: Array<VerifyCheck>, 
/**
 * Head of the audit log as it is printed; None without entries.
 */
head: string | null, };
