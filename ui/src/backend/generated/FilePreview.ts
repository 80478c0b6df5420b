// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { RejectedLine } from "./RejectedLine";
import type { SampledRow } from "./SampledRow";

/**
 * Counts and samples of one table.
 */
export type FilePreview = { 
/**
 * Position in the session.
 */
index: number, 
/**
 * File name.
 */
file: string, 
/**
 * Kind.
 */
kind: string, 
/**
 * Rows that are new.
 */
new_rows: number, 
/**
 * Rows that change values.
 */
changed_rows: number, 
/**
 * Rows that are the same already.
 */
unchanged_rows: number, 
/**
 * Rows that are not imported.
 */
rejected_rows: number, 
/**
 * Up to 200 of the rejected ones.
 */
rejected: Array<RejectedLine>, 
/**
 * Up to 20 of the new ones; none after the import.
 */
new_samples: Array<SampledRow>, 
/**
 * Up to 20 of the changed ones; none after the import.
 */
changed_samples: Array<SampledRow>, };
