// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { DealLine } from "./DealLine";
import type { DealStep } from "./DealStep";
import type { FigureView } from "./FigureView";
import type { Message } from "./Message";
import type { Money } from "./Money";

/**
 * What a deal changes in a component.
 */
export type DealComponent = { 
/**
 * Code.
 */
code: string, 
/**
 * Chinese name.
 */
name_zh: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * Amount without it; None: blocked.
 */
before: Money | null, 
/**
 * Amount with it; None: blocked.
 */
after: Money | null, 
/**
 * Measure without it.
 */
measure_before: FigureView | null, 
/**
 * Measure with it.
 */
measure_after: FigureView | null, 
/**
 * Attainment without it, exact.
 */
attainment_before: string | null, 
/**
 * Attainment with it, exact.
 */
attainment_after: string | null, 
/**
 * Lines that are not the same.
 */
lines: Array<DealLine>, 
/**
 * Steps that are not the same.
 */
steps: Array<DealStep>, 
/**
 * Why.
 */
reasons: Array<Message>, };
