/** What the files of each source held by kind and month, beside what is here now. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ReconciliationRow } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { DataTable, type Column } from "../../components/DataTable";
import { formatAmount, formatCount } from "../../components/format";
import { Answer } from "../../components/Page";
import { periodLabel } from "../../components/period";
import { useLanguage, useWord } from "../../i18n";
import { Agreement } from "./Agreement";

export function Reconciliation() {
  const rows = useRead("get_reconciliation", {});
  return <Answer query={rows}>{(list) => <Totals rows={list} />}</Answer>;
}

function Totals({ rows }: { rows: readonly ReconciliationRow[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  const columns = useMemo<Column<ReconciliationRow>[]>(
    () => [
      { key: "source", title: t("data.columns.source"), text: (row) => word("data.source", row.source), width: 120 },
      { key: "kind", title: t("data.columns.kind"), text: (row) => word("data.kind", row.kind) },
      { key: "period", title: t("data.columns.month"), text: (row) => periodLabel(row.period, t, language), width: 120 },
      { key: "file_rows", title: t("data.columns.fileRows"), text: (row) => formatCount(row.file_rows), numeric: true, width: 128 },
      { key: "store_rows", title: t("data.columns.storeRows"), text: (row) => formatCount(row.store_rows), numeric: true, width: 128 },
      { key: "file_amount", title: t("data.columns.fileAmount"), text: (row) => formatAmount(row.file_amount), numeric: true, width: 148 },
      { key: "store_amount", title: t("data.columns.storeAmount"), text: (row) => formatAmount(row.store_amount), numeric: true, width: 148 },
      {
        key: "agrees",
        title: t("data.columns.agree"),
        text: (row) => t(row.agrees ? "data.import.agrees" : "data.import.differs"),
        render: (row) => <Agreement agrees={row.agrees} />,
        width: 110,
        compare: (a, b) => Number(a.agrees) - Number(b.agrees),
      },
    ],
    [t, language, word],
  );
  return (
    <DataTable
      label={t("data.reconciliation.title")}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.source} ${row.kind} ${row.period}`}
      empty={t("data.reconciliation.empty")}
      testId="reconciliation"
    />
  );
}
