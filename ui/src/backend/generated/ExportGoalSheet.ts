// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Lang } from "./Lang";
import type { Metric } from "./Metric";

/**
 * Which goal goes out.
 */
export type ExportGoalSheet = { 
/**
 * Of which figure.
 */
metric: Metric, 
/**
 * Year.
 */
year: number, 
/**
 * Language of the headers.
 */
language: Lang, };
