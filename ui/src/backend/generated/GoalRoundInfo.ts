// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalMetric } from "./GoalMetric";
import type { GoalRoundId } from "./GoalRoundId";

/**
 * A round with what it came to so far, of what is seen.
 */
export type GoalRoundInfo = { 
/**
 * Stable id.
 */
id: GoalRoundId, 
/**
 * Of which figure.
 */
metric: GoalMetric, 
/**
 * Year.
 */
year: number, 
/**
 * The last day for people.
 */
people_due: string, 
/**
 * The last day for managers.
 */
managers_due: string, 
/**
 * When it was opened.
 */
opened_at: string, 
/**
 * When it was closed; none: it is open.
 */
closed_at: string | null, 
/**
 * People with a goal.
 */
people: number, 
/**
 * People with a number, their own or a manager's.
 */
said: number, 
/**
 * People without one.
 */
missing: number, 
/**
 * Teams (units with people) that are handed in, by themselves or with a unit above.
 */
teams_submitted: number, 
/**
 * Teams.
 */
teams: number, };
