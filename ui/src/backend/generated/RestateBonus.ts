// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A period to recalculate.
 */
export type RestateBonus = { 
/**
 * An approved, paid or closed period.
 */
period: string, 
/**
 * Code of the plan; None: the plan in force.
 */
plan?: string, 
/**
 * Only compute and show.
 */
preview: boolean, };
