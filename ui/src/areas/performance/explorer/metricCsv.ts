/** A metric's table, or a chart's, as CSV for a spreadsheet: exactly the rows that are shown, in plain numbers. */
import type { Chart, MetricCell, MetricTable, ValueUnit } from "../../../backend/generated";
import { isGrid, unitOf } from "../../../charts/options";
import { roundExact } from "../../../components/format";
import { csv } from "../../../components/recordsCsv";
import { defuse } from "../../../components/spreadsheet";

interface Words {
  headers: readonly [item: string, value: string, compared: string, change: string];
  label: (row: MetricTable["rows"][number]) => string;
  whole: string;
}

/** Digits of a share, and of another number that is no whole one: as the exported file has them. */
const SHARE_DIGITS = 6;
const OTHER_DIGITS = 4;

/** A spreadsheet takes neither `85%` beside `0.85` for the same, nor a typographic minus for a sign. */
function plain(exact: string | null, digits: number): string {
  if (exact === null) return "";
  const text = roundExact(exact, digits) ?? exact;
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A place a row; of a grid a series. */
export function chartCsv(chart: Chart, item: string): string {
  const cell = (raw: string | undefined, unit: ValueUnit) => plain(raw ?? null, unit.kind === "percent" ? SHARE_DIGITS : OTHER_DIGITS);
  if (isGrid(chart)) {
    const rows = chart.series.map(({ label, values }) => [defuse(label), ...values.map((value) => cell(value?.raw, chart.unit))]);
    return csv([[item, ...chart.categories.map(({ label }) => defuse(label))], ...rows]);
  }
  const rows = chart.categories.map(({ label }, at) => [defuse(label), ...chart.series.map((series) => cell(series.values[at]?.raw, unitOf(chart, series)))]);
  return csv([[item, ...chart.series.map(({ label }) => defuse(label))], ...rows]);
}

export function metricCsv({ metric, rows, total }: MetricTable, compared: boolean, { headers, label, whole }: Words): string {
  const digits = metric.unit === "ratio" ? SHARE_DIGITS : OTHER_DIGITS;
  const line = (name: string, cell: MetricCell) =>
    [defuse(name), plain(cell.value, digits), plain(cell.compared_value, digits), plain(cell.change, SHARE_DIGITS)].slice(0, compared ? 4 : 2);
  const lines = rows.map((row) => line(label(row), row.cell));
  // One row is the whole itself.
  return csv([headers.slice(0, compared ? 4 : 2), ...lines, ...(rows.length > 1 ? [line(whole, total)] : [])]);
}
