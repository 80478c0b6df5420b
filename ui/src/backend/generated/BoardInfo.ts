// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRole } from "./AccountRole";

/**
 * A board in the list of boards.
 */
export type BoardInfo = { 
/**
 * Its id: of a built-in one `home_sales`, `home_manager`, `home_hr`.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it comes with the program: it cannot be changed, but copied.
 */
is_built_in: boolean, 
/**
 * The roles that it is shared with.
 */
roles: Array<AccountRole>, 
/**
 * Name of the account that made it; none: it is built in, or made without accounts.
 */
owner: string | null, 
/**
 * Whether whoever asks may change, share and remove it.
 */
can_edit: boolean, 
/**
 * Whether it opens first for whoever asks.
 */
is_home: boolean, };
