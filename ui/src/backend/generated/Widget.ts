// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Place } from "./Place";
import type { Shows } from "./Shows";

/**
 * Something on a board.
 */
export type Widget = { 
/**
 * Unique on its board.
 */
id: string, 
/**
 * Where it is.
 */
place: Place, 
/**
 * Its own title; none: what it shows says it.
 */
title?: string, 
/**
 * What it shows.
 */
shows: Shows, };
