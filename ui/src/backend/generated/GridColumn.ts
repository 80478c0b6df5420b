// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PeriodKind } from "./PeriodKind";

/**
 * A column.
 */
export type GridColumn = { 
/**
 * Period key.
 */
period: string, 
/**
 * Its kind.
 */
kind: PeriodKind, 
/**
 * First day.
 */
start: string, 
/**
 * Day after the last.
 */
end: string, 
/**
 * Period above.
 */
parent: string | null, };
