// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonalFileRow } from "./PersonalFileRow";

/**
 * A personal file that was just made.
 */
export type ExportedPersonalFile = { 
/**
 * Where it lies.
 */
file: string, 
/**
 * Whose it is.
 */
handed_out: PersonalFileRow, 
/**
 * Their staff number, where somebody else has the name.
 */
number: string | null, };
