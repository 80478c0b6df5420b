// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalLight } from "./GoalLight";
import type { Message } from "./Message";

/**
 * One of the five answers.
 */
export type SmartAnswer = { 
/**
 * `specific`, `measurable`, `achievable`, `relevant`, `time_bound`.
 */
criterion: string, 
/**
 * Light.
 */
light: GoalLight, 
/**
 * In numbers.
 */
said: Message, 
/**
 * What would make it green.
 */
suggestions: Array<Message>, };
