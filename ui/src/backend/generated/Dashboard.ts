// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Chart } from "./Chart";
import type { Drill } from "./Drill";
import type { LeaderboardRow } from "./LeaderboardRow";
import type { Message } from "./Message";
import type { Tile } from "./Tile";

/**
 * The dashboard of a unit and period.
 */
export type Dashboard = { 
/**
 * The scope in words: unit name and period key.
 */
unit_name: string, 
/**
 * Period.
 */
period: string, 
/**
 * At most five key figures.
 */
tiles: Array<Tile>, 
/**
 * `weekly_sales` (bar), `customer_types` (pie), `team_attainment` (attainment).
 */
charts: Array<Chart>, 
/**
 * What the marks of the charts open: by the chart's id, then by the category's key.
 */
marks: { [key in string]: { [key in string]: Drill } }, 
/**
 * People in order of won amount; ties share a rank.
 */
leaderboard: Array<LeaderboardRow>, 
/**
 * What to know about the figures (months without data, no goal set, ...).
 */
notes: Array<Message>, 
/**
 * Latest event date in the store.
 */
data_up_to: string | null, };
