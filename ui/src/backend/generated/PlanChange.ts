// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";

/**
 * What an assignment changes.
 */
export type PlanChange = { 
/**
 * Of how many people the plan or target bonus changes on some day.
 */
people: number, 
/**
 * The first of them, in the order of their names.
 */
names: Array<string>, 
/**
 * Their first day that changes.
 */
from: string | null, 
/**
 * Approved periods that these days meet, and of how many people.
 */
notes: Array<Message>, };
