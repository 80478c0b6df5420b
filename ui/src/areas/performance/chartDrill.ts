/** Which records stand behind a mark of a dashboard's chart. */
import type { Chart, Dashboard, Scope } from "../../backend/generated";
import type { DrillStart } from "../../components/drill";

/** Key of the slice that holds the rest; no single set of records stands behind it. */
const OTHER_KEY = "other";

export function drillOf(
  chart: Pick<Chart, "id" | "series">,
  key: string,
  scope: Scope,
  dashboard: Pick<Dashboard, "leaderboard">,
): DrillStart | null {
  // The series says what is drawn: without goals the attainment chart shows won amounts.
  const figure = chart.series.find((series) => series.role === "actual")?.key ?? "won_amount";
  switch (chart.id) {
    case "weekly_sales":
      return { figure, scope, part: key };
    case "customer_types":
      return key === OTHER_KEY ? null : { figure, scope, customer_type: key };
    case "team_attainment":
      // In a single team the rows are its people.
      return dashboard.leaderboard.some((row) => row.person === key)
        ? { figure, scope, person: key }
        : { figure, scope: { ...scope, unit: key } };
    default:
      return { figure, scope };
  }
}
