// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { WatchedFileInfo } from "./WatchedFileInfo";
import type { WatchedFolderInfo } from "./WatchedFolderInfo";

/**
 * The watched folders with the newest of their files.
 */
export type WatchedList = { 
/**
 * Folders.
 */
folders: Array<WatchedFolderInfo>, 
/**
 * Files, newest first.
 */
files: Array<WatchedFileInfo>, 
/**
 * The last look of this program.
 */
looked_at: string | null, 
/**
 * Seconds between two looks while the window is open.
 */
every_seconds: number, };
