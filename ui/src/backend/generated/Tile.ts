// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Drill } from "./Drill";
import type { Money } from "./Money";
import type { TileValue } from "./TileValue";

/**
 * A key figure.
 */
export type Tile = { 
/**
 * `won_amount`, `attainment`, `won_count`, `win_rate`, `average_deal`.
 */
code: string, 
/**
 * The value; None is "no value" (shown as a dash), never zero.
 */
value: TileValue | null, 
/**
 * The comparison period's value.
 */
previous: TileValue | null, 
/**
 * Change against it as an exact ratio (`1/10` is +10 %); None without comparison. Of a share
 * (`unit` of the value is percent) it is the difference: `1/100` is one percentage point.
 */
change: string | null, 
/**
 * Key of the comparison period.
 */
compared_with: string | null, 
/**
 * Attainment as an exact ratio, where a goal exists.
 */
attainment: string | null, 
/**
 * The goal, where one exists.
 */
goal: Money | null, 
/**
 * Values of the last parts (weeks or months) for the sparkline, oldest first; None is unknown.
 */
sparkline: Array<string | null>, 
/**
 * What opens.
 */
drill: Drill, };
