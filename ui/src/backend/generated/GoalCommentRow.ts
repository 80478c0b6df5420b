// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Words on the goal of a unit or person.
 */
export type GoalCommentRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Id of the unit or person.
 */
unit: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The version that was in force then.
 */
version: number, 
/**
 * Who.
 */
author: string, 
/**
 * When.
 */
at: string, 
/**
 * What.
 */
words: string, };
