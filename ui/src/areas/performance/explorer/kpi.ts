/** A KPI table as a chart, its rows in words, and the records behind a row. */
import type { TFunction } from "i18next";

import type { Chart, Days, KpiRow, KpiTable, OrganisationTree, Split } from "../../../backend/generated";
import { dayBefore, parsePeriod, periodLabel, shortPeriodLabel } from "../../../components/period";
import { ownName } from "../../../components/unitName";
import type { Language } from "../../../i18n";

/** More rows than this cannot be read in a ranking; the table has them all. */
const MAX_RANKED = 20;

const TIME: readonly Split[] = ["week", "month", "quarter"];

export function kpiChart(table: KpiTable, by: Split, days: Days, t: TFunction, language: Language): Chart {
  const overTime = TIME.includes(by);
  const year = Number(days.from.slice(0, 4));
  const oneYear = days.from.slice(0, 4) === dayBefore(days.to).slice(0, 4);
  // A week may belong to another year than its first days: two weeks must not have one name.
  const isShort = (key: string) => oneYear && parsePeriod(key)?.year === year;
  const metric = t(`performance.kpi.metrics.${table.metric}`);
  return {
    id: "kpi",
    kind: overTime ? "bar" : "h_bar",
    title: t("performance.kpi.chartTitle", { metric, split: t(`performance.kpi.splits.${by}`).toLowerCase() }),
    subtitle: `${days.from} – ${dayBefore(days.to)}`,
    unit: table.currency === null ? { kind: "count" } : { kind: "money", currency: table.currency },
    categories: table.rows.map((row) => ({
      key: row.key,
      label: overTime && isShort(row.key) ? shortPeriodLabel(row.key, t, language) : rowLabel(row, by, t, language),
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

/** Two people of one name are told apart by their staff numbers; units are named in the window's language. */
export function withNames(table: KpiTable, by: Split, organisation: OrganisationTree | undefined, t: TFunction): KpiTable {
  if (!organisation) return table;
  if (by === "team") {
    return { ...table, rows: table.rows.map((row) => ({ ...row, label: ownName(row.drill.unit, organisation, t) })) };
  }
  if (by !== "person") return table;
  const numbers = new Map(organisation.people.map((person) => [person.id, person.staff_number]));
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
