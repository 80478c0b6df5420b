// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Message } from "./Message";
import type { Money } from "./Money";
import type { RecordRow } from "./RecordRow";
import type { TileValue } from "./TileValue";

/**
 * The records behind a number.
 */
export type Records = { 
/**
 * Code of the figure; the UI has its written definition.
 */
figure: string, 
/**
 * Its value.
 */
value: TileValue | null, 
/**
 * The formula with values filled in: `won 1,234.00 / goal 2,000.00`.
 */
formula: Message | null, 
/**
 * A window of the rows.
 */
rows: Array<RecordRow>, 
/**
 * Continue here.
 */
next_cursor: string | null, 
/**
 * All rows.
 */
total: number, 
/**
 * Sum over all rows (not only the window).
 */
sum: Money, };
