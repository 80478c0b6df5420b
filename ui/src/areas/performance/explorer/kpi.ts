/** A KPI table as a chart, its rows in words, and the records behind a row. */
import type { TFunction } from "i18next";

import type { Chart, KpiRow, KpiTable, Metric, PersonRow, Split } from "../../../backend/generated";
import type { DrillStart } from "../../../components/drill";
import { containing, parsePeriod, periodLabel, shortPeriodLabel } from "../../../components/period";
import type { Kind } from "../../../components/period";
import type { Language } from "../../../i18n";

/** A half-open range of days. */
export interface Days {
  from: string;
  to: string;
}

/** More rows than this cannot be read in a ranking; the table has them all. */
const MAX_RANKED = 20;

const TIME: readonly Split[] = ["week", "month", "quarter"];

export function kpiChart(table: KpiTable, by: Split, days: Days, t: TFunction, language: Language): Chart {
  const overTime = TIME.includes(by);
  const oneYear = days.from.slice(0, 4) === dayBefore(days.to).slice(0, 4);
  const metric = t(`performance.kpi.metrics.${table.metric}`);
  return {
    id: "kpi",
    kind: overTime ? "bar" : "h_bar",
    title: t("performance.kpi.chartTitle", { metric, split: t(`performance.kpi.splits.${by}`).toLowerCase() }),
    subtitle: `${days.from} – ${dayBefore(days.to)}`,
    unit: table.currency === null ? { kind: "count" } : { kind: "money", currency: table.currency },
    categories: table.rows.map((row) => ({
      key: row.key,
      label: overTime && oneYear ? shortPeriodLabel(row.key, t, language) : rowLabel(row, by, t, language),
    })),
    series: [
      {
        key: table.metric,
        label: metric,
        role: "actual",
        values: table.rows.map((row) => ({ raw: row.value })),
      },
    ],
    note: null,
  };
}

/** A ranking cut to what can be read, and it says so. */
export function withinLimit(chart: Chart, t: TFunction): Chart {
  if (chart.kind !== "h_bar" || chart.categories.length <= MAX_RANKED) return chart;
  return {
    ...chart,
    categories: chart.categories.slice(0, MAX_RANKED),
    series: chart.series.map((series) => ({ ...series, values: series.values.slice(0, MAX_RANKED) })),
    note: t("performance.kpi.chartTop", { count: MAX_RANKED }),
  };
}

/** Two people of one name are told apart by their staff numbers. */
export function withStaffNumbers(table: KpiTable, people: readonly PersonRow[]): KpiTable {
  const numbers = new Map(people.map((person) => [person.id, person.staff_number]));
  const count = (label: string) => table.rows.filter((row) => row.label === label).length;
  const rows = table.rows.map((row) => {
    const number = numbers.get(row.key);
    return number && count(row.label) > 1 ? { ...row, label: `${row.label} ${number}` } : row;
  });
  return { ...table, rows };
}

export function rowLabel(row: KpiRow, by: Split, t: TFunction, language: Language): string {
  if (TIME.includes(by)) return periodLabel(row.key, t, language);
  return by === "customer_type" && row.key === "" ? t("performance.noType") : row.label;
}

/** What opens for a row; null where the days are no period, which records are named by. */
export function drillOfRow(metric: Metric, by: Split, key: string, days: Days, unit: string | null): DrillStart | null {
  if (TIME.includes(by)) return parsePeriod(key) ? { figure: metric, scope: { unit, period: key } } : null;
  const period = periodOf(days);
  if (!period) return null;
  const scope = { unit, period };
  switch (by) {
    case "person":
      return { figure: metric, scope, person: key };
    case "team":
      return { figure: metric, scope: { unit: key, period } };
    default:
      return { figure: metric, scope, customer_type: key };
  }
}

/** The key of the period that is exactly these days. */
export function periodOf({ from, to }: Days): string | null {
  const kinds: readonly Kind[] = ["year", "quarter", "month", "iso_week"];
  for (const kind of kinds) {
    const period = containing(kind, from);
    if (period.start === from && period.end === to) return period.key;
  }
  return null;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
