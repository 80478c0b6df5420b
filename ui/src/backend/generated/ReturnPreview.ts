// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { AccountRole } from "./AccountRole";
import type { ReturnLine } from "./ReturnLine";

/**
 * What a file that came back holds.
 */
export type ReturnPreview = { 
/**
 * Its name.
 */
file: string, 
/**
 * From whom.
 */
name: string, 
/**
 * Their staff number.
 */
staff_number: string | null, 
/**
 * Their staff number, where somebody else has the name.
 */
number: string | null, 
/**
 * As what they had the personal file.
 */
role: AccountRole, 
/**
 * When it was written.
 */
written_at: string, 
/**
 * Entries that are taken in.
 */
new: number, 
/**
 * Entries that are there already.
 */
known: number, 
/**
 * Entries that cannot be taken in.
 */
refused: number, 
/**
 * All of them.
 */
lines: Array<ReturnLine>, };
