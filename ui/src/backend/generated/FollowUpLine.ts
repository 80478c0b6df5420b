// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * An interaction or a next step.
 */
export type FollowUpLine = { 
/**
 * Id.
 */
id: string, 
/**
 * As the source spells it (`visit`, `call`, `meeting`, `message`), or `next_step`.
 */
kind: string, 
/**
 * When; of a next step the day until which it is to be done.
 */
day: string | null, 
/**
 * What.
 */
words: string, 
/**
 * Who, with the staff number where somebody else has the name.
 */
person: string, };
