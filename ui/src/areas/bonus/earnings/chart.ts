/** A year's bonus by periods: what is known, what it comes to with what is expected, and the interval where there is one. */
import type { TFunction } from "i18next";

import type { Chart, ExpectedEarnings, Money } from "../../../backend/generated";

export function earningsChart(view: ExpectedEarnings, t: TFunction): Chart {
  const value = (money: Money | null) => (money ? { raw: money.amount } : null);
  const of = (pick: (one: ExpectedEarnings["periods"][number]) => Money | null) => view.periods.map((one) => value(pick(one)));
  const series = [
    { key: "known", label: `${t("bonusIf.earnings.kept")} / ${t("bonusIf.earnings.soFar")}`, role: "actual" as const, values: of((one) => one.so_far) },
    { key: "expected", label: t("bonusIf.earnings.expected"), role: "forecast" as const, values: of((one) => (one.state === "expected" ? one.expected : null)) },
  ];
  return {
    id: "earnings",
    kind: "bar",
    title: t("bonusIf.earnings.chart", { name: view.name, year: view.year }),
    subtitle: null,
    unit: { kind: "money", currency: view.total.currency },
    categories: view.periods.map((one) => ({ key: one.period, label: one.label })),
    series: series.filter((one) => one.key === "known" || one.values.some((point) => point !== null)),
    note: null,
  };
}
