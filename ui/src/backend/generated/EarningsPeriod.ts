// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";

/**
 * A period of somebody's year.
 */
export type EarningsPeriod = { 
/**
 * The period.
 */
period: string, 
/**
 * It in words, with the plan's name where there are several of the same days.
 */
label: string, 
/**
 * Code of the plan that pays it.
 */
plan: string, 
/**
 * Its name, Chinese.
 */
plan_name_zh: string, 
/**
 * Its name, English.
 */
plan_name_en: string, 
/**
 * `kept` (of the newest run), `calculated` (as it stands, nothing more is to come), `expected` (as it
 * stands, and what open and new deals are expected to bring), or `unknown`.
 */
state: string, 
/**
 * What is kept, or calculated so far; none: unknown.
 */
so_far: Money | null, 
/**
 * What is expected on top of it; none: nothing can be expected.
 */
expected: Money | null, 
/**
 * Both together.
 */
total: Money | null, 
/**
 * With the lower end of the landing; none without an interval.
 */
lower: Money | null, 
/**
 * With the upper end of the landing.
 */
upper: Money | null, 
/**
 * Sales that were reckoned with on top of what was won; none: none were.
 */
sales: Money | null, 
/**
 * Something cannot be known.
 */
blocked: boolean, 
/**
 * Why it is so.
 */
notes: Array<Message>, };
