// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A role or job title of the source.
 */
export type RoleMapping = { 
/**
 * As the file has it.
 */
value: string, 
/**
 * `sales`, `manager`, `by_deals` (who owns deals sells, who owns none leads).
 */
role: string, 
/**
 * Rows with it.
 */
rows: number, };
