// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { FileDecision } from "./FileDecision";

/**
 * What a person decided on an import. Absent entries keep the proposal.
 */
export type ImportDecisions = { 
/**
 * Per file index.
 */
files: { [key in number]: FileDecision }, 
/**
 * Aliases confirmed or refused: key `kind:text`, value the chosen name, or None for "not the same".
 */
aliases: { [key in string]: string | null }, 
/**
 * Currency of amounts without one, ISO code.
 */
currency: string | null, 
/**
 * Percent of the tax that the amounts include (`13`); empty: they are net. None: as remembered.
 */
tax_included: string | null, 
/**
 * Source of the files; None: as the draft says.
 */
source: string | null, 
/**
 * Keep the mapping under the file's headers for the next time.
 */
remember_mapping: boolean, 
/**
 * Read every line, also those that are as they were imported before.
 */
in_full: boolean, };
