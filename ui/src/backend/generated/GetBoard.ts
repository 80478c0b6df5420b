// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";

/**
 * Which board.
 */
export type GetBoard = { 
/**
 * Its id; none: one's home.
 */
id: string | null, 
/**
 * `zh-CN` or `en`; none: the program's.
 */
language?: Lang, };
