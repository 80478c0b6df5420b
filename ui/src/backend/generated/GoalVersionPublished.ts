// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * That a version was made public.
 */
export type GoalVersionPublished = { 
/**
 * Who made it public last.
 */
author: string, 
/**
 * When.
 */
at: string, 
/**
 * Whether it still has the numbers that were made public.
 */
unchanged: boolean, 
/**
 * People who confirmed exactly the numbers that it has, by whatever version these came.
 */
confirmed: number, 
/**
 * People of the version.
 */
people: number, };
