/** All values of a metric, each with why there is none, and what it is held against. */
import { useTranslation } from "react-i18next";

import type { MetricCell, MetricDrill, MetricRow, MetricTable } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatDecimal, MINUS } from "../../../components/format";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { changeTitle, labelOf } from "./metrics";

interface Props {
  /** Stands above, where nothing else says what is seen. */
  title?: string;
  table: MetricTable;
  compared: boolean;
  onOpen: (drill: MetricDrill) => void;
}

export function MetricRows({ title, table, compared, onOpen }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const symbol = table.currency === null ? "" : currencySymbol(table.currency).trim();
  // One sign for minus, in values as in changes.
  const decimal = (text: string) => (text.endsWith("%") ? text.replace(/^-/, MINUS) : formatDecimal(text));
  const valueOf = (cell: MetricCell) => (cell.shown !== null ? decimal(cell.shown) : cell.reason ? say(cell.reason) : "");
  const againstOf = (cell: MetricCell) =>
    cell.compared !== null ? decimal(cell.compared) : cell.compared_reason ? say(cell.compared_reason) : "";
  // What is held against something and has no change says why: nothing is so many per cent of zero.
  const changeOf = (cell: MetricCell) =>
    cell.change_shown ?? (cell.compared !== null && cell.compared_reason ? say(cell.compared_reason) : "");
  // One row is the whole itself.
  const totalOf = (text: string) => (table.rows.length > 1 ? text : undefined);
  const columns: Column<MetricRow>[] = [
    { key: "item", title: t("performance.kpi.item"), text: (row) => labelOf(row, t, language) },
    {
      key: "value",
      title: `${t("performance.kpi.value")} ${symbol}`.trim(),
      // Held against something the table stands beside a chart: all four columns fit there at 1280 px.
      width: compared ? 168 : 220,
      numeric: true,
      compare: (a, b) => compareValues(a.cell.value, b.cell.value),
      text: (row) => valueOf(row.cell),
      total: totalOf(valueOf(table.total)),
    },
  ];
  if (compared) {
    columns.push(
      { key: "compared", title: t("performance.library.compared"), width: 152, numeric: true, text: (row) => againstOf(row.cell), total: totalOf(againstOf(table.total)) },
      { key: "change", title: changeTitle(table, t), width: 116, numeric: true, text: (row) => changeOf(row.cell), total: totalOf(changeOf(table.total)) },
    );
  }
  return (
    <section className="chart-card kpi-rows" aria-label={title ?? t("performance.kpi.item")} data-testid="metric-rows">
      {title !== undefined && (
        <header className="chart-head">
          <div className="chart-words">
            <h2>{title}</h2>
          </div>
        </header>
      )}
      <DataTable
        label={title ?? t("performance.kpi.item")}
        columns={columns}
        rows={table.rows}
        rowKey={(row) => `${row.period ?? ""} ${row.key}`}
        onOpen={(row) => row.cell.drill && onOpen(row.cell.drill)}
      />
    </section>
  );
}

/** What has no value comes before all that have one. */
function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return compareExact(a, b);
}
