/** The charts of a comparison, as descriptions. */
import type { Chart, Series, WhatIf, WhatIfComponent } from "../../../backend/generated";

interface MonthWords {
  title: string;
  budget: string;
  label: (period: string) => string;
}

/** Bars beside each other, a plan each, in the months in which something is due; the budget is a mark across them. */
export function monthsChart(view: WhatIf, heads: readonly string[], words: MonthWords): Chart {
  const due = view.months.filter((one) => one.budget !== null || one.costs.some((cost) => /[1-9]/.test(cost)));
  const months = due.length > 0 ? due : view.months;
  const plans: Series[] = view.plans.map((_, at) => ({
    key: `plan-${at}`,
    label: heads[at] ?? "",
    role: "actual",
    values: months.map((one) => ({ raw: one.costs[at] ?? "0" })),
  }));
  const budget: Series = {
    key: "budget",
    label: words.budget,
    role: "goal",
    values: months.map((one) => (one.budget === null ? null : { raw: one.budget })),
  };
  return {
    id: "what-if-months",
    kind: "bar",
    title: words.title,
    subtitle: null,
    unit: { kind: "money", currency: view.currency },
    categories: months.map((one) => ({ key: one.month, label: words.label(one.month) })),
    series: view.budget === null ? plans : [...plans, budget],
    note: null,
  };
}

/** People in each tier of a component. */
export function tiersChart(component: WhatIfComponent, title: string, label: (at: number) => string, people: string): Chart {
  return {
    id: `what-if-tiers-${component.code}`,
    kind: "h_bar",
    title,
    subtitle: null,
    unit: { kind: "count" },
    categories: component.tiers.map((tier, at) => ({ key: `${tier.place}-${tier.number ?? 0}`, label: label(at) })),
    series: [{ key: "people", label: people, role: "actual", values: component.tiers.map((tier) => ({ raw: String(tier.people) })) }],
    note: null,
  };
}
