// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.
import type { WhatIfComponent } from "./WhatIfComponent";

/**
 * What a plan would have cost.
 */
export type WhatIfPlan = { 
/**
 * Code.
 */
code: string, 
/**
 * Chinese name.
 */
name_zh: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * `month`, `quarter`, `half` or `year`.
 */
kind: string, 
/**
 * Total, major units.
 */
total: string, 
/**
 * Total by sales, exact; none where nothing was sold.
 */
cost_of_sales: string | null, 
/**
 * Budget less total, major units.
 */
budget_left: string | null, 
/**
 * Statements above zero.
 */
paid: number, 
/**
 * Statements of which something cannot be known.
 */
blocked: number, 
/**
 * Statements.
 */
statements: number, 
/**
 * Its components, with tiers and curve.
 */
components: Array<WhatIfComponent>, };
