// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { CustomerId } from "./CustomerId";

/**
 * A customer as people tell it from others.
 */
export type CustomerName = { 
/**
 * Id.
 */
id: CustomerId, 
/**
 * Name.
 */
name: string, 
/**
 * Source.
 */
source: string, 
/**
 * Number in it.
 */
external_id: string, };
