// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What is special about a person in the year.
 */
export type PersonTerms = { 
/**
 * Part of a full-time week, above 0 and at most 1.
 */
part_time?: string, 
/**
 * Days away, each `[from, to)`.
 */
leave: Array<[string, string]>, 
/**
 * Growth cap in place of the common one.
 */
cap?: string, 
/**
 * Growth floor in place of the common one.
 */
floor?: string, 
/**
 * Counts as so many people.
 */
headcount?: string, 
/**
 * Own weight.
 */
weight?: string, };
