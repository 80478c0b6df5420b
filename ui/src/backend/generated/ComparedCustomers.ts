// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerCard } from "./CustomerCard";

/**
 * Two customers side by side.
 */
export type ComparedCustomers = { 
/**
 * One.
 */
one: CustomerCard, 
/**
 * The other.
 */
other: CustomerCard, };
