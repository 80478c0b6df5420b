/** Deals as a table: two lines a row, more fetched while scrolling. */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { RecordRow } from "../backend/generated";
import type { End } from "../backend/pages";
import { useWord } from "../i18n";
import { DataTable, type Column } from "./DataTable";
import { currencySymbol, formatAmount, formatDate, MISSING } from "./format";
import "./records.css";

interface Props {
  rows: readonly RecordRow[];
  /** All of them, where `rows` is only what was fetched. */
  count: number;
  currency: string;
  maxHeight?: number;
  onEnd?: End["onEnd"];
  endError?: End["endError"];
  /** Click or Enter on a deal. */
  onOpen?: ((row: RecordRow) => void) | undefined;
  footer?: ReactNode;
}

export function RecordTable({ rows, count, currency, footer, ...rest }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const columns: Column<RecordRow>[] = [
    pair("closed", t("records.closed"), 112, (row) => [
      formatDate(row.closed_on ?? row.opened_on),
      word("records.stage", row.stage),
    ]),
    pair("customer", t("records.customer"), null, (row) => [
      row.customer ?? t("records.noCustomer"),
      row.customer_type || MISSING,
    ]),
    { key: "product", title: t("records.product"), width: 128, text: (row) => row.product ?? MISSING },
    pair("owner", t("records.owner"), 156, (row) => [row.owner, row.team ?? MISSING]),
    { key: "deal", title: t("records.deal"), width: 140, text: (row) => row.external_id },
    {
      key: "amount",
      title: t("records.amount", { symbol: currencySymbol(currency).trim() }),
      width: 132,
      numeric: true,
      text: (row) => formatAmount(row.amount),
    },
  ];
  return (
    <DataTable
      label={t("records.title")}
      columns={columns}
      rows={rows}
      count={count}
      rowKey={(row) => row.id}
      rowPx={56}
      footer={footer}
      testId="record-table"
      {...rest}
    />
  );
}

/** A column of two lines. Without a width it takes what is left. */
function pair(
  key: string,
  title: string,
  width: number | null,
  texts: (row: RecordRow) => [string, string],
): Column<RecordRow> {
  return {
    key,
    title,
    ...(width !== null && { width }),
    text: (row) => texts(row).join(" "),
    render: (row) => <TwoLines texts={texts(row)} />,
  };
}

function TwoLines({ texts: [first, second] }: { texts: [string, string] }) {
  return (
    <>
      <span className="record-first">{first}</span>
      <span className="record-second">{second}</span>
    </>
  );
}
