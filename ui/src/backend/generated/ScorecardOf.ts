// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MemberRole } from "./MemberRole";
import type { Message } from "./Message";
import type { ScorecardResultKpi } from "./ScorecardResultKpi";

/**
 * The result of a unit or person.
 */
export type ScorecardOf = { 
/**
 * Id.
 */
whose: string, 
/**
 * Name.
 */
name: string, 
/**
 * Of a person who has one.
 */
staff_number: string | null, 
/**
 * `company`, `department`, `team`, `person`.
 */
level: string, 
/**
 * Of somebody who leads: the unit whose figures these are.
 */
figures_of: string | null, 
/**
 * Role by which they are measured; none: a unit that nobody leads.
 */
role: MemberRole | null, 
/**
 * Whether that role has no scorecard, and everybody's counts.
 */
is_everybodys: boolean, 
/**
 * First day of the scorecard.
 */
since: string | null, 
/**
 * Why there is none.
 */
no_scorecard: Message | null, 
/**
 * The KPIs.
 */
kpis: Array<ScorecardResultKpi>, 
/**
 * Sum of all contributions, exact; none where one is missing.
 */
total: string | null, 
/**
 * In per cent.
 */
total_shown: string | null, 
/**
 * Codes of the KPIs without a value.
 */
missing: Array<string>, 
/**
 * Sum of the contributions that there are, exact; never scaled up.
 */
present: string | null, 
/**
 * In per cent.
 */
present_shown: string | null, 
/**
 * Weight of the KPIs that have a value, exact.
 */
present_weight: string | null, 
/**
 * In per cent.
 */
present_weight_shown: string | null, 
/**
 * What to know.
 */
notes: Array<Message>, };
