// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";

/**
 * In which language built-in boards are called.
 */
export type ListBoards = { 
/**
 * `zh-CN` or `en`; none: the program's.
 */
language?: Lang, };
