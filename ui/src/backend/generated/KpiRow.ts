// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Drill } from "./Drill";

/**
 * A row.
 */
export type KpiRow = { 
/**
 * Period key, id, or customer type; empty is "without".
 */
key: string, 
/**
 * For people.
 */
label: string, 
/**
 * Of a person who has one, to tell two of one name apart.
 */
staff_number?: string, 
/**
 * Plain decimal in major units, or a count.
 */
value: string, 
/**
 * What opens.
 */
drill: Drill, };
