// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What a failed use case says.
 */
export type ApiError = { 
/**
 * Closed code.
 */
code: string, 
/**
 * Values for the message.
 */
params: { [key in string]: string }, 
/**
 * Whether trying again may help.
 */
retryable: boolean, 
/**
 * Finds the entry in the log.
 */
trace_id: string, };
