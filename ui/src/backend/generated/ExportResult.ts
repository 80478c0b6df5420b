// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { FailedFormat } from "./FailedFormat";

/**
 * What was written.
 */
export type ExportResult = { 
/**
 * Folder; None when the dialog was closed without a choice.
 */
folder: string | null, 
/**
 * File names.
 */
files: Array<string>, 
/**
 * Formats that could not be made; the others were.
 */
failed: Array<FailedFormat>, };
