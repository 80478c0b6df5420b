/** The sources in their order; moving one up or down states another order. */
import { Button } from "antd";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { SourceInfo, SourceList } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount, formatMoment, MISSING } from "../../../components/format";
import { Answer, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useToast } from "../../../components/useToast";
import { useWord } from "../../../i18n";
import { moved, without } from "./order";

export function SourceTable() {
  const sources = useRead("list_sources", {});
  const { t } = useTranslation();
  return (
    <Section title={t("data.sources.order")} context={t("data.sources.orderContext")} flush testId="sources">
      <Answer query={sources}>{(list) => <Sources list={list} />}</Answer>
    </Section>
  );
}

function Sources({ list }: { list: SourceList }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const may = useRights()("import_data");
  const state = useCommand("set_source_order");
  const { order, kinds } = list.order;
  const { mutate, isPending } = state;
  const columns = useMemo<Column<SourceInfo>[]>(() => {
    const apply = (next: readonly string[]) => {
      const kept = Object.entries(kinds).map(([kind, own]) => [kind, (own ?? []).filter((one) => next.includes(one))] as const);
      mutate(
        { order: [...next], kinds: Object.fromEntries(kept.filter(([, own]) => own.length > 0)) },
        {
          onSuccess: (answer) => {
            toast.done(t("data.sources.applied", { count: answer.changed_records, records: formatCount(answer.changed_records) }));
            if (answer.apart.length > 0) {
              toast.hint(t("data.sources.stayApart", { sources: answer.apart.map((one) => word("data.source", one)).join(t("data.comma")) }));
            }
          },
        },
      );
    };
    return [
      { key: "place", title: t("data.sources.place"), text: (row) => (row.place === null ? MISSING : String(row.place)), numeric: true, width: 84 },
      { key: "source", title: t("data.columns.source"), text: (row) => word("data.source", row.source) },
      { key: "imports", title: t("data.sources.imports"), text: (row) => formatCount(row.imports), numeric: true, width: 120 },
      { key: "last", title: t("data.sources.last"), text: (row) => (row.last_at ? formatMoment(row.last_at) : MISSING), width: 160 },
      { key: "disagreements", title: t("data.sources.disagreements"), text: (row) => formatCount(row.disagreements), numeric: true, width: 130 },
      {
        key: "move",
        title: t("data.columns.state"),
        text: () => "",
        width: 230,
        render: (row) =>
          may &&
          (row.place === null ? (
            <Button size="small" disabled={isPending} onClick={() => apply([...order, row.source])} data-testid={`share-${row.source}`}>
              {t("data.sources.share")}
            </Button>
          ) : (
            <span className="row-actions">
              <Button
                size="small"
                aria-label={t("data.sources.up", { source: word("data.source", row.source) })}
                icon={<ArrowUp size={13} aria-hidden />}
                disabled={isPending || row.place === 1}
                onClick={() => apply(moved(order, row.source, -1))}
                data-testid={`up-${row.source}`}
              />
              <Button
                size="small"
                aria-label={t("data.sources.down", { source: word("data.source", row.source) })}
                icon={<ArrowDown size={13} aria-hidden />}
                disabled={isPending || row.place === order.length}
                onClick={() => apply(moved(order, row.source, 1))}
                data-testid={`down-${row.source}`}
              />
              <Button size="small" type="link" disabled={isPending} onClick={() => apply(without(order, row.source))}>
                {t("data.sources.apart")}
              </Button>
            </span>
          )),
      },
    ];
  }, [t, word, may, order, kinds, mutate, isPending, toast]);
  return (
    <>
      {state.error && <ErrorState error={state.error} />}
      <DataTable
        label={t("data.sources.order")}
        columns={columns}
        rows={list.sources}
        rowKey={(row) => row.source}
        empty={t("data.sources.none")}
        testId="source-table"
      />
    </>
  );
}
