// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ChangeInfo } from "./ChangeInfo";

/**
 * The last own action.
 */
export type LastAction = { 
/**
 * The newest change that may be taken back; none: there is nothing.
 */
change: ChangeInfo | null, 
/**
 * What took an import back after it: that is the person's newest action, and cannot be taken back itself.
 */
after: ChangeInfo | null, };
