// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { UnitId } from "./UnitId";
import type { ViewQuestion } from "./ViewQuestion";

/**
 * Exports a question of the KPI explorer into a file that a dialog opened by Rust returns.
 */
export type ExportMetric = { 
/**
 * What is asked.
 */
question: ViewQuestion, 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last.
 */
to: string, 
/**
 * This unit and all below; None is the whole company.
 */
unit: UnitId | null, 
/**
 * `xlsx` (table and chart), `csv` (table), `pdf` (page of both), `png` or `svg` (chart).
 */
format: string, 
/**
 * `zh-CN` or `en`.
 */
language: Lang, };
