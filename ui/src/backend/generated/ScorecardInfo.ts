// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { MemberRole } from "./MemberRole";
import type { ScorecardKpi } from "./ScorecardKpi";

/**
 * What a role is measured by.
 */
export type ScorecardInfo = { 
/**
 * Whose; none: of everybody whose role has none.
 */
role: MemberRole | null, 
/**
 * First day.
 */
from: string, 
/**
 * Day after the last: the first of the next one; none: until further notice.
 */
to: string | null, 
/**
 * Whether it is the one of today.
 */
in_force: boolean, 
/**
 * The KPIs.
 */
kpis: Array<ScorecardKpi>, };
