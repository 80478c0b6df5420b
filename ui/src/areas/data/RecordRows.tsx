/** The records of one kind, loaded as they come into sight; each opens its history. */
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { FactColumn, FactLine } from "../../backend/generated";
import { usePages } from "../../backend/pages";
import { DataTable, type Column } from "../../components/DataTable";
import { currencySymbol, formatDecimal, MISSING } from "../../components/format";
import { HistoryDrawer, type Subject } from "../../components/history/HistoryDrawer";
import { Answer } from "../../components/Page";
import { useRights } from "../../components/rights";
import { useWord } from "../../i18n";

interface Props {
  kind: string;
  /** With a month: only what this source brought in it. */
  source: string | null;
  month: string | null;
}

export function RecordRows({ kind, source, month }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const pages = usePages(
    "list_facts",
    (after: string | null) => ({ kind, source, month, after }),
    (last) => last.next,
  );
  const [fields, currency] = [pages.data?.columns, pages.data?.currency];
  const columns = useMemo<Column<FactLine>[]>(() => {
    const title = ({ field, holds }: FactColumn) => {
      const name = word("data.field", field);
      return holds === "amount" ? t("data.records.amount", { field: name, symbol: currencySymbol(currency ?? "").trim() }) : name;
    };
    const own = (fields ?? []).map((column, index): Column<FactLine> => {
      const name = title(column);
      return {
        key: column.field,
        title: name,
        width: column.field === "customer" ? CUSTOMER_PX : widthOf(name),
        text: (row) => shown(column.holds, row.cells[index] ?? "", word),
        numeric: column.holds === "amount" || column.holds === "number",
      };
    });
    // The title of a month names its source.
    if (month !== null) return own;
    const from = t("data.columns.source");
    return [...own, { key: "source", title: from, width: widthOf(from), text: (row) => word("data.source", row.source) }];
  }, [fields, currency, month, t, word]);
  const maySeeHistory = useRights()("see_history");
  const [history, setHistory] = useState<Subject | null>(null);
  return (
    <Answer query={pages}>
      {({ entity, rows, total }) => (
        <>
          <HistoryDrawer subject={history} onClose={() => setHistory(null)} />
          <DataTable
            label={word("data.kind", kind)}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            count={total}
            empty={t("data.records.empty")}
            {...(maySeeHistory ? { onOpen: (row: FactLine) => setHistory({ entity, id: row.id }) } : {})}
            {...pages.end}
            testId="records-table"
          />
        </>
      )}
    </Answer>
  );
}

/** A cell in words and grouped figures. */
function shown(holds: string, cell: string, word: ReturnType<typeof useWord>): string {
  if (cell === "") return MISSING;
  if (holds === "stage") return word("data.stage", cell);
  if (holds === "choice") return word("data.choice", cell);
  return holds === "amount" || holds === "number" ? formatDecimal(cell) : cell;
}

/** Names of companies are long. */
const CUSTOMER_PX = 220;

/** Room for the header, which names a field of any kind; the rest of the table's width is shared out. */
function widthOf(title: string): number {
  const letters = [...title].reduce((sum, letter) => sum + (letter > "\u2e80" ? 14 : 8), 0);
  return Math.max(112, letters + 40);
}
