// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { DealPay } from "./DealPay";
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { OpportunityId } from "./OpportunityId";

/**
 * What a deal would pay.
 */
export type DealBonus = { 
/**
 * Which deal.
 */
deal: OpportunityId, 
/**
 * What people call it.
 */
label: string, 
/**
 * The period in which it would count, by the plan of whom was asked for, else of the deal's owner.
 */
period: string, 
/**
 * The day on which it would be won.
 */
closed_on: string, 
/**
 * The amount that was reckoned with; none: it has to be told, and `people` is empty.
 */
amount: Money | null, 
/**
 * List price of its product, for whoever tells the amount.
 */
list_price: Money | null, 
/**
 * Name of that plan, Chinese.
 */
plan_name_zh: string, 
/**
 * Name of that plan, English.
 */
plan_name_en: string, 
/**
 * Those to whom it makes a difference, and those who are credited with it, each by their own plan:
 * somebody who changes plans within the period by both. The most first.
 */
people: Array<DealPay>, 
/**
 * What was assumed, and what to know.
 */
notes: Array<Message>, };
