// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { BothWords } from "./BothWords";
import type { EventDateInfo } from "./EventDateInfo";
import type { MeasureInfo } from "./MeasureInfo";
import type { Message } from "./Message";

/**
 * A metric as it is defined.
 */
export type MetricInfo = { 
/**
 * The name in formulas and on the command line.
 */
code: string, 
/**
 * Its name.
 */
name: BothWords, 
/**
 * The formula over measures and other metrics.
 */
formula: string, 
/**
 * `money`, `count`, `ratio`, `number`, `days` or `score`.
 */
unit: string, 
/**
 * `higher`, `lower` or `neutral`: what is better.
 */
direction: string, 
/**
 * Digits after the point; of the per cent, for a share.
 */
decimals: number, 
/**
 * What it says and what to know about it.
 */
definition: BothWords, 
/**
 * Where the formula is from.
 */
source: BothWords, 
/**
 * Whether it comes with the program.
 */
built_in: boolean, 
/**
 * The day by which all its facts count; none where it is made of several.
 */
event_date: EventDateInfo | null, 
/**
 * The one that its definition names: an own metric may name one, and is then made of facts of that day alone.
 */
own_event_date: string | null, 
/**
 * Whether values of parts and of periods add up to that of the whole.
 */
adds_up: boolean, 
/**
 * What it is made of in the end.
 */
measures: Array<MeasureInfo>, 
/**
 * Why it cannot be calculated (any more); none for metrics that can.
 */
problem: Message | null, };
