// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalWhyPart } from "./GoalWhyPart";
import type { Message } from "./Message";

/**
 * Why a year's goal is what it is. Amounts in major units.
 */
export type GoalWhy = { 
/**
 * Id of the unit or person.
 */
unit: string, 
/**
 * Name.
 */
name: string, 
/**
 * Unit above.
 */
parent: string | null, 
/**
 * Its currency.
 */
currency: string, 
/**
 * The goal now.
 */
goal: string, 
/**
 * `history`, `equal`, `weights`, `file`, `blend`; how it was split.
 */
split_by: string | null, 
/**
 * Version that was split so.
 */
version: number, 
/**
 * What each factor contributed, and what changes of numbers added since; they sum to the goal. Empty
 * where the split was not by a blend.
 */
parts: Array<GoalWhyPart>, 
/**
 * What was made in a year of twelve known months.
 */
history: string | null, 
/**
 * The same for as many days as the person will be there.
 */
basis: string | null, 
/**
 * Growth over the year before as the grid has it: the goal of the months that are over there by what they
 * brought, exact.
 */
growth: string | null, 
/**
 * What these months brought.
 */
last_year: string | null, 
/**
 * The last day of them, where the year before is not over.
 */
last_year_until: string | null, 
/**
 * The goal now by its basis, exact: what caps and floors are measured by.
 */
by_basis: string | null, 
/**
 * Assigned above the goal, not part of it.
 */
over_assigned: string, 
/**
 * What to know.
 */
notes: Array<Message>, };
