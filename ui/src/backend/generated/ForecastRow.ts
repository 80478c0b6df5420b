// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ForecastAhead } from "./ForecastAhead";
import type { Message } from "./Message";

/**
 * A part's forecast, or why there is none.
 */
export type ForecastRow = { 
/**
 * Id of the unit or person; empty: what belongs to none, or the whole.
 */
key: string, 
/**
 * In words.
 */
label: string, 
/**
 * Of a person who has one.
 */
staff_number: string | null, 
/**
 * How deep below the whole.
 */
depth: number, 
/**
 * The next periods, the one under way first.
 */
ahead: Array<ForecastAhead>, 
/**
 * `combination`, `intermittent`, `seasonal_naive`, `constant`.
 */
method: string | null, 
/**
 * What to know about it.
 */
notes: Array<Message>, 
/**
 * Why there is none.
 */
refused: Message | null, };
