// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * How the files of a folder are taken.
 */
export type WatchFolder = { 
/**
 * Name of a kept mapping; None: files whose columns were confirmed in an earlier import.
 */
profile: string | null, 
/**
 * Source of the files; None: the usual one.
 */
source: string | null, 
/**
 * Kind code of every file; None: told from the headers.
 */
kind: string | null, };
