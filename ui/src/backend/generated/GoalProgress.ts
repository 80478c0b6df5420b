// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalLanding } from "./GoalLanding";
import type { GoalLight } from "./GoalLight";
import type { GoalStep } from "./GoalStep";
import type { Message } from "./Message";
import type { SmartAnswer } from "./SmartAnswer";

/**
 * Where somebody stands. Amounts in major units.
 */
export type GoalProgress = { 
/**
 * Id of the unit or person.
 */
unit: string, 
/**
 * Name.
 */
name: string, 
/**
 * `company`, `department`, `team`, `person`.
 */
level: string, 
/**
 * The period.
 */
period: string, 
/**
 * It in words.
 */
period_label: string, 
/**
 * Currency.
 */
currency: string, 
/**
 * The last day whose results count.
 */
as_of: string, 
/**
 * Working days of the period that are over, and all.
 */
working_days: [number, number], 
/**
 * Goal of the period.
 */
goal: string, 
/**
 * Goal by the end of that day, by working days.
 */
to_date: string, 
/**
 * What was reached.
 */
actual: string, 
/**
 * Actual by goal to date, exact; none where there is none.
 */
pace: string | null, 
/**
 * Why there is no pace.
 */
no_pace: string | null, 
/**
 * By the pace: green from 100 %, amber from 85 %.
 */
light: GoalLight | null, 
/**
 * What is left of the goal.
 */
left: string, 
/**
 * Working days that are left.
 */
days_left: number, 
/**
 * What is left by the days that are left, rounded up; none where no day is left.
 */
today: string | null, 
/**
 * Expected landing of the period, where there is one.
 */
landing: GoalLanding | null, 
/**
 * Parts of the period.
 */
steps: Array<GoalStep>, 
/**
 * Whether the goal is specific, measurable, achievable, relevant, time-bound, in this order.
 */
smart: Array<SmartAnswer>, 
/**
 * What to know.
 */
notes: Array<Message>, };
