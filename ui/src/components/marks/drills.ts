/** Which drawer opens: deals by their own drawer (definition, copy, the deal itself), all else measure by measure. */
import type { Drill, MetricDrill } from "../../backend/generated";

const FIGURES: readonly string[] = ["won_amount", "won_count", "lost_count", "win_rate", "average_deal", "attainment"];

/** The same records named as a set of deals; null where they are no plain set of them. */
export function asDeals(drill: MetricDrill): Drill | null {
  const { metric, by, key, keys = [], days, unit, filter, closed_before: before, sizes } = drill;
  if (!FIGURES.includes(metric) || filter || before || sizes) return null;
  const deals: Drill = { figure: metric, unit, directly: false, days, person: null, customer_types: [], cursor: null };
  if (by === null) return deals;
  if (by === "customer_type") return { ...deals, customer_types: keys.length > 0 ? keys : [key] };
  if (keys.length > 0) return null;
  if (by === "person") return { ...deals, person: key };
  return by === "team" ? { ...deals, unit: key || null, directly: true } : null;
}
