/** The KPI whose goals are planned for a year and split down to weeks. */
export const PLANNED = "won_amount";
