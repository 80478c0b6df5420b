/** The records of one kind, loaded as they come into sight. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../backend/backend";
import type { FactPage } from "../../backend/generated";
import { DataTable, type Column } from "../../components/DataTable";
import { Answer } from "../../components/Page";
import { useWord } from "../../i18n";

type Row = readonly string[];

interface Props {
  kind: string;
  /** With a month: only what this source brought in it. */
  source: string | null;
  month: string | null;
}

export function RecordRows({ kind, source, month }: Props) {
  const { t } = useTranslation();
  const word = useWord();
  const backend = useBackend();
  const pages = useInfiniteQuery<FactPage, BackendError, FactPage, readonly unknown[], string | null>({
    queryKey: ["list_facts", { kind, source, month }],
    queryFn: ({ pageParam }) => backend.call("list_facts", { kind, source, month, after: pageParam }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next ?? undefined,
    select: ({ pages: all }) => ({
      columns: all[0]?.columns ?? [],
      rows: all.flatMap((page) => page.rows),
      next: null,
      total: all[0]?.total ?? 0,
    }),
  });
  const codes = pages.data?.columns;
  const columns = useMemo<Column<Row>[]>(
    () =>
      (codes ?? []).map((code, index) => {
        const title = word("data.field", code);
        return {
          key: code,
          title,
          width: widthOf(title),
          text: (row: Row) => row[index] ?? "",
          numeric: code === "amount" || code === "quantity" || code === "score" || code === "rate" || code === "value",
        };
      }),
    [codes, word],
  );
  return (
    <Answer query={pages}>
      {({ rows, total }) => (
        <DataTable
          label={word("data.kind", kind)}
          columns={columns}
          rows={rows}
          rowKey={(row) => row[0] ?? ""}
          count={total}
          empty={t("data.records.empty")}
          onEnd={pages.hasNextPage && !pages.isFetching ? () => void pages.fetchNextPage() : undefined}
          testId="records-table"
        />
      )}
    </Answer>
  );
}

/** Room for the header, which names a field of any kind; the rest of the table's width is shared out. */
function widthOf(title: string): number {
  const letters = [...title].reduce((sum, letter) => sum + (letter > "\u2e80" ? 14 : 8), 0);
  return Math.max(112, letters + 40);
}
