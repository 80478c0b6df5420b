// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { Money } from "./Money";
import type { UnitId } from "./UnitId";

/**
 * A team with its sum.
 */
export type TeamApproval = { 
/**
 * The unit.
 */
unit: UnitId, 
/**
 * Its name.
 */
name: string, 
/**
 * How many statements.
 */
people: number, 
/**
 * Their sum, without people whose pay waits; None: they are so few that it would tell what one of them is
 * paid, to somebody who does not see it.
 */
total: Money | null, 
/**
 * Who approved it, by itself or with a unit above.
 */
approved_by: string | null, 
/**
 * When.
 */
at: string | null, 
/**
 * Whether the asker may approve it now.
 */
may_approve: boolean, 
/**
 * The asker does not lead it: they approve it in somebody's place, and say why.
 */
in_place: boolean, };
