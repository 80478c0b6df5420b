// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Anomaly } from "./Anomaly";
import type { BonusRunId } from "./BonusRunId";
import type { CycleAction } from "./CycleAction";
import type { CycleState } from "./CycleState";
import type { CycleStep } from "./CycleStep";
import type { HeldPerson } from "./HeldPerson";
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { TeamApproval } from "./TeamApproval";

/**
 * The cycle of a period.
 */
export type BonusCycle = { 
/**
 * The period.
 */
period: string, 
/**
 * Code of the plan.
 */
plan: string, 
/**
 * How far it is.
 */
state: CycleState, 
/**
 * The run handed in; else the newest kept one of everybody.
 */
run: BonusRunId | null, 
/**
 * Changes with every step; given back as `expected`.
 */
stamp: string, 
/**
 * Versions of statements that were frozen.
 */
version: number, 
/**
 * Sum of what is paid, of those whose pay the asker sees: without people whose pay waits.
 */
total: Money | null, 
/**
 * What the asker may do now.
 */
can: Array<CycleAction>, 
/**
 * Who is awaited, or why something is not possible.
 */
waits_for: Array<Message>, 
/**
 * What is not told, and why.
 */
notes: Array<Message>, 
/**
 * Teams, of the units that the asker sees.
 */
teams: Array<TeamApproval>, 
/**
 * Oldest first.
 */
steps: Array<CycleStep>, 
/**
 * What is unusual about the run's statements.
 */
anomalies: Array<Anomaly>, 
/**
 * Whose pay waits.
 */
held: Array<HeldPerson>, 
/**
 * Approved or later: what a recalculation with today's facts would change in sum; None: nothing
 * (or the asker does not see everybody's pay).
 */
drift: Money | null, };
