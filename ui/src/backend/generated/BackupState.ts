// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BackupSettings } from "./BackupSettings";
import type { Message } from "./Message";

/**
 * The automatic backups.
 */
export type BackupState = { 
/**
 * What is set.
 */
settings: BackupSettings, 
/**
 * Where they lie.
 */
folder: string, 
/**
 * Day of the newest one.
 */
newest: string | null, 
/**
 * How many there are.
 */
count: number, 
/**
 * Why the last one failed.
 */
failed: Message | null, };
