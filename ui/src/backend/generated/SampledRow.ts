// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { RecordLine } from "./RecordLine";

/**
 * A row that is new or changes something.
 */
export type SampledRow = { 
/**
 * Line, counted from 1 with the header.
 */
line: number, 
/**
 * Its number in the source, where the name does not have it.
 */
number: string | null, 
/**
 * What would be written of its record; of a new one without what the name says.
 */
record: RecordLine, };
