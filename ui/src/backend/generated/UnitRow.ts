// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { UnitId } from "./UnitId";
import type { UnitKind } from "./UnitKind";

/**
 * A unit.
 */
export type UnitRow = { 
/**
 * Id.
 */
id: UnitId, 
/**
 * Parent.
 */
parent: UnitId | null, 
/**
 * Level.
 */
kind: UnitKind, 
/**
 * Name.
 */
name: string, 
/**
 * Name of its manager today, if it has one.
 */
manager: string | null, };
