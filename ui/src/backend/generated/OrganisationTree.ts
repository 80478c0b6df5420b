// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PersonRow } from "./PersonRow";
import type { UnitRow } from "./UnitRow";

/**
 * The tree of units, flat, parents before children.
 */
export type OrganisationTree = { 
/**
 * Units.
 */
units: Array<UnitRow>, 
/**
 * People.
 */
people: Array<PersonRow>, };
