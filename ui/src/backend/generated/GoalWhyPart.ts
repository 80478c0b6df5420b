// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A part of a goal.
 */
export type GoalWhyPart = { 
/**
 * `given`, `history`, `damping`, `equal`, `pipeline`, `market`, `segment`, `own`, `growth_cap`,
 * `growth_floor`, `from_others`, `rounding`, `changed`.
 */
source: string, 
/**
 * How much.
 */
amount: string, 
/**
 * What the unit weighs by the factor, exact; minor units where it is an amount.
 */
weight: string | null, 
/**
 * What it and its siblings weigh together.
 */
of: string | null, 
/**
 * The amount that was divided by the factor.
 */
pot: string | null, };
