// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { PlanInfo } from "./PlanInfo";

/**
 * The plans of the company.
 */
export type PlanList = { 
/**
 * The plan of everybody first.
 */
plans: Array<PlanInfo>, 
/**
 * From which day a version of each would hold if nobody says, in the order of the plans; none: from the
 * first there is.
 */
next_starts: Array<string | null>, };
