/** All rows of a KPI table with their shares and total. */
import { useTranslation } from "react-i18next";

import type { KpiRow, KpiTable } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatDecimal, formatPercent, MISSING, parseExact } from "../../../components/format";

interface Props {
  table: KpiTable;
  label: (row: KpiRow) => string;
  onOpen: (key: string) => void;
}

export function KpiRows({ table, label, onOpen }: Props) {
  const { t } = useTranslation();
  const symbol = table.currency === null ? "" : currencySymbol(table.currency).trim();
  const columns: Column<KpiRow>[] = [
    { key: "item", title: t("performance.kpi.item"), text: label },
    {
      key: "value",
      title: `${t("performance.kpi.value")} ${symbol}`.trim(),
      width: 150,
      numeric: true,
      compare: (a, b) => compareExact(a.value, b.value),
      text: (row) => formatDecimal(row.value),
      total: formatDecimal(table.total),
    },
    {
      key: "share",
      title: t("performance.kpi.share"),
      width: 84,
      numeric: true,
      text: (row) => shareOf(row.value, table.total),
    },
  ];
  return (
    <section className="chart-card kpi-rows" aria-label={t("performance.kpi.item")} data-testid="kpi-rows">
      <DataTable
        label={t("performance.kpi.item")}
        columns={columns}
        rows={table.rows}
        rowKey={(row) => row.key}
        onOpen={(row) => onOpen(row.key)}
      />
    </section>
  );
}

/** The part's exact share of the whole; a dash where the whole is zero. */
function shareOf(value: string, total: string): string {
  const [part, whole] = [parseExact(value), parseExact(total)];
  if (!part || !whole || whole.n <= 0n) return MISSING;
  return formatPercent(`${part.n * whole.d}/${part.d * whole.n}`);
}
