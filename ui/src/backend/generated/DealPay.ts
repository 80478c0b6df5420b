// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { DealComponent } from "./DealComponent";
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * What a deal would pay a person.
 */
export type DealPay = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Code of the plan by which it pays them.
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
 * The period of that plan in which it would count.
 */
period: string, 
/**
 * Payout of the period as it stands.
 */
before: Money, 
/**
 * Payout with the deal.
 */
after: Money, 
/**
 * What the deal pays.
 */
difference: Money, 
/**
 * Something cannot be known with it; the payout is of what is known.
 */
blocked: boolean, 
/**
 * Components that it concerns.
 */
components: Array<DealComponent>, 
/**
 * What the plan's own cap or floor takes or adds more.
 */
limit: Money, 
/**
 * Why.
 */
reasons: Array<Message>, };
