/** Every change of the store, newest first: who, when, what; opened down to its fields; taken back by a click. */
import { Button, Select } from "antd";
import { History, Undo2 } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ChangeInfo } from "../../../backend/generated";
import { usePages, type End } from "../../../backend/pages";
import { DataTable, type Column } from "../../../components/DataTable";
import { formatCount, formatMoment, MISSING } from "../../../components/format";
import { useAuthor, useWhat } from "../../../components/history/ChangeHead";
import { useTakeBack } from "../../../components/history/useTakeBack";
import { Answer, EmptyState, Page, Section } from "../../../components/Page";
import { useRights } from "../../../components/rights";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { TERMS, useTerm } from "../../../i18n/say";
import { DataNav } from "../DataNav";
import { ChangeDrawer } from "./ChangeDrawer";
import "../../../components/history/history.css";

export default function ChangesPage() {
  const { t } = useTranslation();
  const [kind, setKind] = useSearchParam("kind");
  const [author, setAuthor] = useSearchParam("author");
  const [open, setOpen] = useSearchParam("change");
  const pages = useChanges(kind, author);
  return (
    <Page title={t("history.changes.title")} context={t("history.changes.context")}>
      <DataNav />
      <Section flush testId="changes">
        <Filter kind={kind} author={author} authors={pages.data?.authors ?? []} onKind={setKind} onAuthor={setAuthor} />
        <Answer query={pages}>
          {({ rows, total }) =>
            total === 0 ? (
              <EmptyState icon={<History size={32} strokeWidth={1.25} aria-hidden />} title={t("history.changes.empty")} />
            ) : (
              <ChangeTable rows={rows} total={total} onOpen={setOpen} end={pages.end} />
            )
          }
        </Answer>
      </Section>
      <ChangeDrawer change={open} onClose={() => setOpen(null)} />
    </Page>
  );
}

function useChanges(kind: string | null, author: string | null) {
  // While a choice is read, what was there stays: the filter keeps the focus.
  return usePages(
    "list_changes",
    (cursor: number | null) => ({ kinds: kind ? [kind] : [], author, cursor }),
    (last) => last.next_cursor,
    { keepPrevious: true },
  );
}

function Filter(props: {
  kind: string | null;
  author: string | null;
  authors: readonly string[];
  onKind: (kind: string | null) => void;
  onAuthor: (author: string | null) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useAuthor();
  const kinds = Object.entries(TERMS[language]["change_kind"] ?? {});
  return (
    <div className="history-filter">
      <Select
        allowClear
        aria-label={t("history.changes.kind")}
        placeholder={t("history.changes.allKinds")}
        value={props.kind}
        onChange={(value: string | undefined) => props.onKind(value ?? null)}
        options={kinds.map(([value, label]) => ({ value, label }))}
        data-testid="changes-kind"
      />
      <Select
        allowClear
        aria-label={t("history.changes.author")}
        placeholder={t("history.changes.allAuthors")}
        value={props.author}
        onChange={(value: string | undefined) => props.onAuthor(value ?? null)}
        options={props.authors.map((author) => ({ value: author, label: name(author) }))}
        data-testid="changes-author"
      />
    </div>
  );
}

function ChangeTable(props: { rows: readonly ChangeInfo[]; total: number; onOpen: (change: string) => void; end: End }) {
  const { t } = useTranslation();
  const what = useWhat();
  const author = useAuthor();
  const term = useTerm();
  const takeBack = useTakeBack();
  const mayTakeBack = useRights()("undo_changes");
  const columns = useMemo<Column<ChangeInfo>[]>(
    () => [
      { key: "seq", title: t("history.changes.no"), text: (row) => formatCount(row.seq), numeric: true, width: 72 },
      { key: "at", title: t("history.changes.at"), text: (row) => formatMoment(row.at), width: 140 },
      { key: "author", title: t("history.changes.author"), text: (row) => author(row.author), width: 156 },
      { key: "kind", title: t("history.changes.kind"), text: (row) => term("change_kind", row.kind), width: 164 },
      { key: "what", title: t("history.changes.what"), text: what },
      { key: "records", title: t("history.changes.records"), text: (row) => (row.batch && row.records === 0 ? MISSING : formatCount(row.records)), numeric: true, width: 90 },
      {
        key: "state",
        title: t("history.changes.state"),
        text: (row) => (row.taken_back ? t("history.takenBack") : ""),
        render: (row) =>
          row.taken_back ? (
            <span className="quiet">{t("history.takenBack")}</span>
          ) : (
            row.can_take_back &&
            mayTakeBack && (
              <Button
                size="small"
                icon={<Undo2 size={13} aria-hidden />}
                onClick={(event) => {
                  event.stopPropagation();
                  takeBack.ask(row);
                }}
                data-testid={`take-back-${row.seq}`}
              >
                {row.kind === "undo" ? t("history.undo.redo") : t("history.undo.action")}
              </Button>
            )
          ),
        width: 130,
      },
    ],
    [t, what, author, term, takeBack, mayTakeBack],
  );
  return (
    <DataTable
      label={t("history.changes.title")}
      columns={columns}
      rows={props.rows}
      count={props.total}
      rowKey={(row) => row.id}
      onOpen={(row) => props.onOpen(row.id)}
      {...props.end}
      maxHeight={620}
      testId="change-table"
    />
  );
}
