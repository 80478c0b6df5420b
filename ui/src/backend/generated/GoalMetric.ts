// Made from the Rust types by `YEJI_UPDATE=1 cargo test -p yeji-app generated`. Do not edit.

/**
 * A metric of the KPI library that goals are set for and decomposed: a sum of facts, each of one day,
 * person and unit, so that the parts of a goal and of its results add up. A test in `app` holds that
 * these are all such metrics of the library that come with the program.
 */
export type GoalMetric = "won_amount" | "won_count" | "lost_count" | "receipts" | "invoiced" | "contracted" | "gross_margin" | "cost_of_sales" | "new_customers" | "lost_customers" | "lead_count" | "interaction_count";
