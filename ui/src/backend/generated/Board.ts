// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BoardInfo } from "./BoardInfo";
import type { Widget } from "./Widget";

/**
 * A board.
 */
export type Board = { 
/**
 * What the list says of it.
 */
info: BoardInfo, 
/**
 * What is on it, top left first.
 */
widgets: Array<Widget>, };
