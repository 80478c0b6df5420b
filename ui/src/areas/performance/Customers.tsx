/** Customers by what they bought up to the end of the period, largest first; each opens its won deals. */
import { useTranslation } from "react-i18next";

import type { CustomerValueRow, Message } from "../../backend/generated";
import { DataTable, type Column } from "../../components/DataTable";
import { currencySymbol, formatAmount, formatCount } from "../../components/format";
import { useSay } from "../../i18n/say";

interface Props {
  title: string;
  rows: readonly CustomerValueRow[];
  notes: readonly Message[];
  onOpen: (row: CustomerValueRow) => void;
}

export function Customers({ title, rows, notes, onOpen }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const symbol = currencySymbol(rows[0]?.won_amount.currency ?? "").trim();
  const columns: Column<CustomerValueRow>[] = [
    { key: "name", title: t("performance.customers.name"), text: (row) => row.name },
    {
      key: "amount",
      title: t("performance.customers.amount", { symbol }),
      width: 150,
      numeric: true,
      text: (row) => formatAmount(row.won_amount),
    },
    { key: "count", title: t("performance.customers.count"), width: 92, numeric: true, text: (row) => formatCount(row.won_count) },
  ];
  return (
    <section className="chart-card leaderboard" aria-label={title} data-testid="customers">
      <header className="chart-head">
        <div className="chart-words">
          <h2>{title}</h2>
          <p className="quiet">{[t("performance.customers.subtitle"), ...notes.map(say)].join(" · ")}</p>
        </div>
      </header>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.customer}
        rowPx={32}
        onOpen={onOpen}
        rowTestId={(row) => `customer-${row.customer}`}
      />
    </section>
  );
}
