// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRole } from "./AccountRole";
import type { Widget } from "./Widget";

/**
 * Keeps a board.
 */
export type SaveBoard = { 
/**
 * The board that is replaced; none: a new one.
 */
id: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * Roles that see it besides its owner.
 */
roles: Array<AccountRole>, 
/**
 * What is on it.
 */
widgets: Array<Widget>, 
/**
 * What was on it when its arranging began: a board that shows something else by now is not replaced.
 * None: replaced whatever it shows.
 */
expected?: Array<Widget>, };
