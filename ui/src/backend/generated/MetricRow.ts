// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MetricCell } from "./MetricCell";

/**
 * A row.
 */
export type MetricRow = { 
/**
 * Id or text of the part; empty is "without", and where it is not split.
 */
key: string, 
/**
 * The part in words.
 */
label: string, 
/**
 * Of a person who has one, to tell two of one name apart.
 */
staff_number: string | null, 
/**
 * Key of the period, where the table has periods.
 */
period: string | null, 
/**
 * It in words.
 */
period_label: string | null, 
/**
 * Its value.
 */
cell: MetricCell, };
