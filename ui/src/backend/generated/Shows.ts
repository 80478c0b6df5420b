// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ViewQuestion } from "./ViewQuestion";

/**
 * What a widget shows.
 */
export type Shows = { "kind": "tiles", 
/**
 * Codes of metrics.
 */
metrics: Array<string>, } | { "kind": "chart", 
/**
 * The question.
 */
question: ViewQuestion, } | { "kind": "leaderboard", } | { "kind": "customers", } | { "kind": "view", 
/**
 * Its id.
 */
view: string, };
