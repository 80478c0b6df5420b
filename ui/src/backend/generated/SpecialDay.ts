// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { DayKind } from "./DayKind";

/**
 * A day that a list of holidays names.
 */
export type SpecialDay = { 
/**
 * The day.
 */
date: string, 
/**
 * Off or worked.
 */
kind: DayKind, 
/**
 * What it is called: `春节`. May be empty.
 */
name: string, };
