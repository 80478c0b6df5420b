// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";

/**
 * A figure with its unit.
 */
export type TileValue = { "unit": "money", "value": Money } | { "unit": "count", "value": string } | { "unit": "percent", "value": string };
