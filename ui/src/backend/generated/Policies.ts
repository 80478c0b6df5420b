// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * What the company allows beyond the roles.
 */
export type Policies = { 
/**
 * Managers see the pay of their people.
 */
manager_sees_pay: boolean, 
/**
 * Boards show amounts of others to those who see only their own deals; else ranks alone.
 */
board_amounts: boolean, };
