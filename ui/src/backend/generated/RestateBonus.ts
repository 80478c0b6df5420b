// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * Recalculates a paid or closed period with its frozen plan and today's facts.
 */
export type RestateBonus = { 
/**
 * Which period.
 */
period: string, 
/**
 * Code of a plan; None: the plan in force.
 */
plan?: string, 
/**
 * Only compute and show.
 */
preview: boolean, };
