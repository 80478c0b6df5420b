// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ImportFile } from "./ImportFile";
import type { UnreadableFile } from "./UnreadableFile";

/**
 * The files of an import with what was understood of them. Also the answer to every change of a decision.
 */
export type ImportDraft = { 
/**
 * Token of the session.
 */
session: string, 
/**
 * Source of the files: that of the last import of a file of the same name, else the usual one.
 */
source: string, 
/**
 * Each file (each sheet of a workbook).
 */
files: Array<ImportFile>, 
/**
 * Files that cannot be imported, with the reason.
 */
unreadable: Array<UnreadableFile>, };
