/** A metric's table in words and as a chart. */
import type { TFunction } from "i18next";

import type { Chart, MetricBy, MetricRow, MetricTable, OrganisationTree } from "../../../backend/generated";
import { roundExact } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { ownName } from "../../../components/unitName";
import { both } from "../../../i18n/both";
import type { Language } from "../../../i18n";

/** More bars than this cannot be read; the table has them all. */
const MAX_BARS = 60;
/** Digits of an exact value that is only drawn. */
const DRAWN_PLACES = 4;

/**
 * One series over the periods, or over the parts; none where parts stand in periods, and where nothing has a value: a
 * chart with holes for both would be guessed at.
 */
export function metricChart(table: MetricTable, t: TFunction, language: Language): Chart | null {
  const overTime = table.rows.some((row) => row.period !== null);
  const split = table.rows.some((row) => row.label !== "");
  const rows = table.rows.filter((row) => overTime || row.cell.value !== null).slice(0, MAX_BARS);
  if (overTime === split || rows.every((row) => row.cell.value === null)) return null;
  const name = both(table.metric.name, language);
  const unit = table.currency !== null ? { kind: "money" as const, currency: table.currency } : unitOf(table.metric.unit);
  return {
    id: "metric",
    kind: overTime ? "bar" : "h_bar",
    title: name,
    subtitle: table.metric.formula,
    unit,
    categories: rows.map((row) => ({ key: row.period ?? row.key, label: labelOf(row, t, language) })),
    series: [
      {
        key: table.metric.code,
        label: name,
        role: "actual",
        values: rows.map(drawn),
      },
    ],
    note: table.rows.length > MAX_BARS ? t("performance.kpi.chartTop", { count: MAX_BARS }) : null,
  };
}

function unitOf(unit: string): Chart["unit"] {
  return unit === "ratio" ? { kind: "percent" } : { kind: "count" };
}

/** A chart takes decimals; what has no value has no bar. */
function drawn(row: MetricRow): { raw: string } | null {
  const raw = row.cell.value === null ? null : roundExact(row.cell.value, DRAWN_PLACES);
  return raw === null ? null : { raw };
}

export function labelOf(row: MetricRow, t: TFunction, language: Language): string {
  const part = row.staff_number === null || row.label === "" ? row.label : `${row.label} ${row.staff_number}`;
  const period = row.period === null ? "" : periodLabel(row.period, t, language);
  return [period, part].filter(Boolean).join(" · ") || t("performance.library.whole");
}

/** Beside a goal stands what share of it is reached, beside anything else how it has changed. */
export function changeTitle({ compare }: MetricTable, t: TFunction): string {
  return compare === "goal" ? t("performance.leaderboard.attainment") : t("performance.library.change");
}

/** Units are named in the window's language. */
export function withUnitNames(table: MetricTable, by: MetricBy | null, organisation: OrganisationTree | undefined, t: TFunction): MetricTable {
  if (by !== "team" || !organisation) return table;
  return { ...table, rows: table.rows.map((row) => ({ ...row, label: ownName(row.key || null, organisation, t) })) };
}
