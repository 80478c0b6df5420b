// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Comparison } from "./Comparison";
import type { Form } from "./Form";
import type { Grain } from "./Grain";
import type { MetricBy } from "./MetricBy";
import type { PartFilter } from "./PartFilter";

/**
 * A metric x split x periods x filter x comparison, and how it is drawn. Unit and days come from where it
 * is shown.
 */
export type ViewQuestion = { 
/**
 * How it is drawn; each form says below what it needs.
 */
form: Form, 
/**
 * Code of the metric.
 */
metric: string, 
/**
 * Split by; none: not.
 */
by: MetricBy | null, 
/**
 * By periods; none: what fits the days that are shown.
 */
grain: Grain | null, 
/**
 * Held against.
 */
compare: Comparison | null, 
/**
 * Of one part only.
 */
filter: PartFilter | null, 
/**
 * Parts that are shown one by one; none: what the form shows at best.
 */
limit: number | null, };
