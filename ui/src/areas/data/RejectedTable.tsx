/** Rows that were not taken: file, line, reason in words, the row as it was. */
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { RejectedLine } from "../../backend/generated";
import type { End } from "../../backend/pages";
import { DataTable, type Column } from "../../components/DataTable";
import { formatCount, MISSING } from "../../components/format";
import { useSay } from "../../i18n/say";

interface Props {
  rows: readonly RejectedLine[];
  /** All of them, where `rows` are only the first. */
  total: number;
  /** Headers of a file, to name the cells of a row. */
  headersOf?: (file: string) => readonly string[];
  maxHeight?: number;
  onEnd?: End["onEnd"];
  endError?: End["endError"];
  footer?: ReactNode;
}

export function RejectedTable({ rows, total, headersOf, maxHeight, onEnd, endError = null, footer }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const columns = useMemo<Column<RejectedLine>[]>(
    () => [
      { key: "file", title: t("data.columns.file"), text: (row) => row.file, width: 150 },
      {
        key: "line",
        title: t("data.columns.line"),
        text: (row) => formatCount(row.line),
        numeric: true,
        width: 76,
        compare: (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
      },
      {
        key: "reason",
        title: t("data.columns.reason"),
        text: (row) => say(row.reason),
        render: (row) => <span className="cell-two-lines">{say(row.reason)}</span>,
        compare: (a, b) => a.reason.code.localeCompare(b.reason.code),
      },
      {
        key: "raw",
        title: t("data.columns.raw"),
        text: (row) => rawText(row, headersOf?.(row.file) ?? []),
        render: (row) => <span className="quiet cell-two-lines">{asItWas(row.raw)}</span>,
      },
    ],
    [t, say, headersOf],
  );
  return (
    <DataTable
      label={t("data.rejected.title")}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.file}:${row.line}:${row.reason.code}`}
      count={total}
      rowPx={56}
      maxHeight={maxHeight ?? 560}
      onEnd={onEnd}
      endError={endError}
      footer={footer}
      testId="rejected-rows"
    />
  );
}

/** Empty cells keep their places, so that a figure is not taken for the day that is missing before it. */
function asItWas(raw: readonly string[]): string {
  const end = raw.findLastIndex((cell) => cell !== "") + 1;
  return raw
    .slice(0, end)
    .map((cell) => (cell === "" ? MISSING : cell))
    .join(" · ");
}

/** The row with its headers where they are known: `客户: 宏远 · 金额: 约5万`. */
function rawText(row: RejectedLine, headers: readonly string[]): string {
  return row.raw.map((cell, index) => (headers[index] ? `${headers[index]}: ${cell}` : cell)).join(" · ");
}
