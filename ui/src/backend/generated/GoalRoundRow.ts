// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalAdjustmentInfo } from "./GoalAdjustmentInfo";
import type { GoalProposalInfo } from "./GoalProposalInfo";
import type { GoalRoundMay } from "./GoalRoundMay";
import type { GoalSubmissionInfo } from "./GoalSubmissionInfo";

/**
 * A unit or person of a round. Amounts in major units, of the year.
 */
export type GoalRoundRow = { 
/**
 * Stable id of the unit or person.
 */
unit: string, 
/**
 * Name.
 */
name: string, 
/**
 * Of a person who has one.
 */
staff_number?: string, 
/**
 * `company`, `department`, `team`, `person`.
 */
level: string, 
/**
 * 0 for the topmost.
 */
depth: number, 
/**
 * Unit above, if it is seen.
 */
parent: string | null, 
/**
 * Parts of this unit.
 */
children: number, 
/**
 * Whether its parts are shown.
 */
expanded: boolean, 
/**
 * From above: the goal in force.
 */
goal: string, 
/**
 * The person's own number; none of units.
 */
proposal: GoalProposalInfo | null, 
/**
 * What the manager made of it, while it stands.
 */
adjustment: GoalAdjustmentInfo | null, 
/**
 * From below: adjusted, else proposed numbers of those who have one; none: nobody has.
 */
bottom_up: string | null, 
/**
 * The sum if those without a number keep their goals.
 */
expected: string, 
/**
 * Numbers less the goals of those who have one; the same as `expected` less `goal`.
 */
gap: string | null, 
/**
 * People.
 */
people: number, 
/**
 * People without a number.
 */
missing: number, 
/**
 * Their names, at most twenty.
 */
missing_names: Array<string>, 
/**
 * Results of the year before, of its months that are over; none without data.
 */
last_year: string | null, 
/**
 * Goal over these, exact; none where they are zero or unknown.
 */
growth: string | null, 
/**
 * The expected sum over these, exact.
 */
growth_expected: string | null, 
/**
 * The newest of handing in and sending back; none of people.
 */
submission: GoalSubmissionInfo | null, 
/**
 * Handed in, by itself or with a unit above: its numbers are read-only.
 */
read_only: boolean, 
/**
 * Past its day: of a person without a number or with a late one, of a team that is not handed in or was
 * late, of a unit with such a team below.
 */
late: boolean, 
/**
 * What who asks may do here now.
 */
may: GoalRoundMay, 
/**
 * Comments on it.
 */
comments: number, };
