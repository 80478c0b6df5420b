// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { GoalSubmissionState } from "./GoalSubmissionState";

/**
 * A unit handed in or sent back.
 */
export type GoalSubmissionInfo = { 
/**
 * Which of both.
 */
state: GoalSubmissionState, 
/**
 * Who.
 */
author: string, 
/**
 * Words to it; why it was sent back.
 */
note: string | null, 
/**
 * When.
 */
at: string, };
