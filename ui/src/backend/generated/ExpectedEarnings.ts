// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { EarningsPeriod } from "./EarningsPeriod";
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * What a year pays somebody, as far as that is known, and what is expected.
 */
export type ExpectedEarnings = { 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Year.
 */
year: number, 
/**
 * As of which day open deals were looked at; none: no landing of this year.
 */
as_of: string | null, 
/**
 * The periods of the year, in order; one under two plans is there with each.
 */
periods: Array<EarningsPeriod>, 
/**
 * Sum of what is kept.
 */
kept: Money, 
/**
 * Sum of what was calculated so far.
 */
so_far: Money, 
/**
 * What is expected on top of that. `kept + so_far + expected` is the total.
 */
expected: Money, 
/**
 * All together: of the periods of which something can be said.
 */
total: Money, 
/**
 * Some period has no figure: the total is of the others.
 */
incomplete: boolean, 
/**
 * What was assumed, and what to know.
 */
notes: Array<Message>, };
