// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Metric } from "./Metric";
import type { Split } from "./Split";
import type { UnitId } from "./UnitId";

/**
 * A KPI table.
 */
export type GetKpi = { 
/**
 * Which figure.
 */
metric: Metric, 
/**
 * Split by.
 */
by: Split, 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last.
 */
to: string, 
/**
 * Only this unit and below.
 */
unit: UnitId | null, };
