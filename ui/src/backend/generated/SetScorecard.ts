// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { KpiWeightSetting } from "./KpiWeightSetting";
import type { MemberRole } from "./MemberRole";

/**
 * Sets what a role is measured by from a day on.
 */
export type SetScorecard = { 
/**
 * Whose; none: of everybody whose role has none.
 */
role: MemberRole | null, 
/**
 * First day.
 */
from: string, 
/**
 * The KPIs, together 100 %; none: the scorecard that begins on this day is taken away.
 */
kpis: Array<KpiWeightSetting>, };
