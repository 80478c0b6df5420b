/** The records of one kind, loaded as they come into sight. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../backend/backend";
import { KINDS, type FactPage } from "../../backend/generated";
import { DataTable, type Column } from "../../components/DataTable";
import { formatDecimal } from "../../components/format";
import { Answer, Section } from "../../components/Page";
import { useSearchParam } from "../../components/useSearchParam";
import { useWord } from "../../i18n";

/** These have pages of their own, or are no records of a source. */
const ELSEWHERE: readonly string[] = [
  "units",
  "people",
  "memberships",
  "customers",
  "products",
  "opportunities",
  "target_bonuses",
  "goals",
];
/** Shown with grouped digits: `170,100.00`. Rates and index values keep their digits as they are. */
const GROUPED: ReadonlySet<string> = new Set(["amount", "quantity"]);
const LISTED = KINDS.filter((kind) => !ELSEWHERE.includes(kind));

export function Records() {
  const { t } = useTranslation();
  const word = useWord();
  const [chosen, choose] = useSearchParam("records");
  const kind = LISTED.find((one) => one === chosen) ?? "contracts";
  return (
    <Section
      title={t("data.records.title")}
      flush
      testId="records"
      actions={
        <Select
          className="kind-select"
          aria-label={t("data.records.kind")}
          data-testid="records-kind"
          value={kind}
          options={LISTED.map((value) => ({ value, label: word("data.kind", value) }))}
          onChange={(value: string) => choose(value)}
        />
      }
    >
      <OfKind key={kind} kind={kind} />
    </Section>
  );
}

type Row = readonly string[];

function OfKind({ kind }: { kind: string }) {
  const { t } = useTranslation();
  const word = useWord();
  const backend = useBackend();
  const pages = useInfiniteQuery<FactPage, BackendError, FactPage, readonly unknown[], string | null>({
    queryKey: ["list_facts", { kind }],
    queryFn: ({ pageParam }) => backend.call("list_facts", { kind, after: pageParam }),
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
          text: (row: Row) => (GROUPED.has(code) ? formatDecimal(row[index]) : (row[index] ?? "")),
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
