// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { DateReadings } from "./DateReadings";

/**
 * A field and the column that fills it.
 */
export type FieldMapping = { 
/**
 * Field code.
 */
field: string, 
/**
 * Whether the kind cannot do without.
 */
required: boolean, 
/**
 * Header of the column; None: not filled.
 */
column: string | null, 
/**
 * For dates: `day_first`, `month_first`, `year_first`.
 */
date_order: string | null, 
/**
 * For dates whose values need an order: the value that it changes most.
 */
readings: DateReadings | null, };
