// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Drill } from "./Drill";
import type { Money } from "./Money";
import type { PersonId } from "./PersonId";

/**
 * A place on the leaderboard.
 */
export type LeaderboardRow = { 
/**
 * 1, 1, 3.
 */
rank: number, 
/**
 * Who.
 */
person: PersonId, 
/**
 * Name.
 */
name: string, 
/**
 * Staff number, to tell two of one name apart.
 */
staff_number: string | null, 
/**
 * Team in the period.
 */
team: string, 
/**
 * Won amount; None: one sees the place alone.
 */
won_amount: Money | null, 
/**
 * Won deals; None: one sees the place alone.
 */
won_count: number | null, 
/**
 * Goal of the period; None: carries none.
 */
goal: Money | null, 
/**
 * Exact ratio.
 */
attainment: string | null, 
/**
 * What opens; None: one does not see this person's deals.
 */
drill: Drill | null, };
