// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { ApartPair } from "./ApartPair";
import type { MergedPair } from "./MergedPair";

/**
 * What was decided on customers that seemed to be one.
 */
export type DecidedCustomers = { 
/**
 * Made one.
 */
merged: Array<MergedPair>, 
/**
 * Not the same.
 */
apart: Array<ApartPair>, };
