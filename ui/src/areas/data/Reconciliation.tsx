/** What the files of each source held by kind and month, beside what is here now. */
import { Button, Drawer } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ReconciliationRow } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { DataTable, type Column } from "../../components/DataTable";
import { formatAmount, formatCount } from "../../components/format";
import { Answer } from "../../components/Page";
import { useSearchParam } from "../../components/useSearchParam";
import { useWord } from "../../i18n";
import { Agreement } from "./Agreement";
import { addressOf, isMonth, useLineLabel } from "./reconciled";
import { RecordRows } from "./RecordRows";

export function Reconciliation() {
  const rows = useRead("get_reconciliation", {});
  const [open, setOpen] = useSearchParam("month");
  return (
    <Answer query={rows}>
      {(list) => (
        <>
          <Totals rows={list} onOpen={setOpen} />
          <MonthDrawer row={list.find((row) => keyOf(row) === open) ?? null} onClose={() => setOpen(null)} />
        </>
      )}
    </Answer>
  );
}

const keyOf = (row: ReconciliationRow) => `${row.source} ${row.kind} ${row.period}`;

/** The rows that the latest import left out of a line. */
const leftOut = ({ batch, kind, period }: ReconciliationRow) => addressOf({ batch, counted: { kind, period } });

/** What is here of a month; what the file held beyond it is among the rows that were not imported. */
function MonthDrawer({ row, onClose }: { row: ReconciliationRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLineLabel();
  const word = useWord();
  const [, openRejected] = useSearchParam("rejected");
  return (
    <Drawer
      open={row !== null}
      onClose={onClose}
      size="min(1240px, 96vw)"
      destroyOnHidden
      title={row ? `${word("data.source", row.source)} · ${word("data.kind", row.kind)} · ${label(row.period)}` : ""}
      extra={row && <Button onClick={() => openRejected(leftOut(row))} data-testid="only-in-file">{t("data.reconciliation.onlyInFile")}</Button>}
      data-testid="drawer-month"
    >
      {row && (
        <>
          <p className="quiet drawer-context">
            {t("data.reconciliation.month", { files: row.files.join(t("data.comma")), count: row.imports })}
          </p>
          <RecordRows kind={row.kind} source={row.source} month={row.period} />
        </>
      )}
    </Drawer>
  );
}

function Totals({ rows, onOpen }: { rows: readonly ReconciliationRow[]; onOpen: (key: string) => void }) {
  const { t } = useTranslation();
  const [, openRejected] = useSearchParam("rejected");
  const label = useLineLabel();
  const word = useWord();
  const columns = useMemo<Column<ReconciliationRow>[]>(
    () => [
      { key: "source", title: t("data.columns.source"), text: (row) => word("data.source", row.source), width: 84 },
      { key: "kind", title: t("data.columns.kind"), text: (row) => word("data.kind", row.kind), width: 104 },
      { key: "period", title: t("data.columns.month"), text: (row) => label(row.period), width: 124 },
      {
        key: "agrees",
        title: t("data.columns.agree"),
        text: (row) => t(row.agrees ? "data.import.agrees" : "data.import.differs"),
        render: (row) => <Agreement agrees={row.agrees} />,
        width: 84,
        compare: (a, b) => Number(a.agrees) - Number(b.agrees),
      },
      {
        key: "file_rows",
        title: t("data.columns.fileRows"),
        text: (row) => formatCount(row.file_rows),
        render: (row) => (
          // Where nothing was taken, the rows are among those that were not imported.
          row.store_rows > 0 ? (
            formatCount(row.file_rows)
          ) : (
            <Button type="link" size="small" className="cell-link" onClick={() => openRejected(leftOut(row))} data-testid={`file-rows-${keyOf(row)}`}>
              {formatCount(row.file_rows)}
            </Button>
          )
        ),
        numeric: true,
        width: 96,
      },
      {
        key: "store_rows",
        title: t("data.columns.storeRows"),
        text: (row) => formatCount(row.store_rows),
        render: (row) => (
          isMonth(row.period) ? (
            <Button type="link" size="small" className="cell-link" onClick={() => onOpen(keyOf(row))} data-testid={`month-${keyOf(row)}`}>
              {formatCount(row.store_rows)}
            </Button>
          ) : (
            formatCount(row.store_rows)
          )
        ),
        numeric: true,
        width: 92,
      },
      { key: "row_difference", title: t("data.columns.rowDifference"), text: (row) => formatCount(row.row_difference), numeric: true, width: 76 },
      { key: "file_amount", title: t("data.columns.fileAmount"), text: (row) => formatAmount(row.file_amount), numeric: true, width: 118 },
      { key: "store_amount", title: t("data.columns.storeAmount"), text: (row) => formatAmount(row.store_amount), numeric: true, width: 118 },
      { key: "amount_difference", title: t("data.columns.amountDifference"), text: (row) => formatAmount(row.amount_difference), numeric: true, width: 104 },
    ],
    [t, label, word, onOpen, openRejected],
  );
  return (
    <div className="reconciliation">
      <DataTable
        label={t("data.reconciliation.title")}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        empty={t("data.reconciliation.empty")}
        testId="reconciliation"
      />
    </div>
  );
}
