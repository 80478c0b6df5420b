/** Imports that were made: what each brought, what it left out, and the way back. */
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { Database, Undo2 } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { BatchInfo } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { DataTable, type Column } from "../../components/DataTable";
import { ErrorState } from "../../components/ErrorState";
import { formatCount, formatDate, formatMoment } from "../../components/format";
import { Answer, EmptyState, Page, Section } from "../../components/Page";
import { useRights } from "../../components/rights";
import { usePickFiles } from "../../components/usePickFiles";
import { useSearchParam } from "../../components/useSearchParam";
import { useWord } from "../../i18n";
import { DataNav } from "./DataNav";
import { Reconciliation } from "./Reconciliation";
import { rejectedOf } from "./reconciled";
import { Records } from "./Records";
import { RejectedDrawer } from "./RejectedDrawer";
import { TemplateMenu } from "./TemplateMenu";
import { useUndo } from "./useUndo";
import "./data.css";

export default function DataPage() {
  const { t } = useTranslation();
  const status = useRead("get_status", {}).data;
  const batches = useRead("list_batches", {});
  const { pick, picking, error } = usePickFiles();
  const [open, setOpen] = useSearchParam("rejected");
  const shown = open === null ? null : rejectedOf(open);
  const range =
    status?.data_from && status.data_up_to
      ? t("data.range", { from: formatDate(status.data_from), to: formatDate(status.data_up_to) })
      : t("data.context");
  const may = useRights();
  const actions = may("import_data") && (
    <>
      <TemplateMenu />
      <Button type="primary" loading={picking} onClick={() => pick()} data-testid="start-import">
        {t("data.importAction")}
      </Button>
    </>
  );
  return (
    <Page title={t("data.title")} context={range} actions={actions}>
      <DataNav />
      {error && <ErrorState error={error} />}
      <Answer query={batches}>
        {(list) => (
          <>
            <Section title={t("data.batches")} flush testId="batches">
              {list.length > 0 ? <BatchTable batches={list} onRejected={setOpen} /> : <NoBatches />}
            </Section>
            {list.length > 0 && (
              <>
                <Section title={t("data.reconciliation.title")} context={t("data.reconciliation.context")} flush>
                  <Reconciliation />
                </Section>
                <Records />
              </>
            )}
            <RejectedDrawer
              batch={list.find((batch) => batch.id === shown?.batch) ?? null}
              counted={shown?.counted ?? null}
              onAll={() => setOpen(shown?.batch ?? null, true)}
              onClose={() => setOpen(null)}
            />
          </>
        )}
      </Answer>
    </Page>
  );
}

function NoBatches() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useRights();
  return (
    <EmptyState
      icon={<Database size={32} strokeWidth={1.25} aria-hidden />}
      title={t("data.empty")}
      text={t("data.emptyText")}
      action={may("import_data") && <Button onClick={() => void navigate({ to: "/data/import" })}>{t("data.importAction")}</Button>}
    />
  );
}

/** As their English headers need; at 1024 pixels the source keeps its words beside them. */
const COUNT_WIDTHS = { new_rows: 84, changed_rows: 92, unchanged_rows: 104 };

function BatchTable({ batches, onRejected }: { batches: readonly BatchInfo[]; onRejected: (batch: string) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const undo = useUndo();
  const may = useRights();
  const columns = useMemo<Column<BatchInfo>[]>(
    () => [
      { key: "at", title: t("data.columns.at"), text: (batch) => formatMoment(batch.at), width: 132 },
      {
        key: "source",
        title: t("data.columns.source"),
        text: (batch) => `${word("data.source", batch.source)} · ${batch.files.join(t("data.comma"))}`,
        render: (batch) => (
          <>
            <span className="batch-line">{word("data.source", batch.source)}</span>
            <span className="batch-line quiet">{batch.files.join(t("data.comma"))}</span>
          </>
        ),
      },
      ...(["new_rows", "changed_rows", "unchanged_rows"] as const).map((count): Column<BatchInfo> => ({
        key: count,
        title: t(`data.columns.${count}`),
        text: (batch) => formatCount(batch[count]),
        numeric: true,
        width: COUNT_WIDTHS[count],
      })),
      {
        key: "rejected_rows",
        title: t("data.columns.rejected_rows"),
        text: (batch) => formatCount(batch.rejected_rows),
        render: (batch) =>
          batch.rejected_rows > 0 ? (
            <Button type="link" size="small" className="cell-link" onClick={() => onRejected(batch.id)} data-testid={`rejected-${batch.id}`}>
              {formatCount(batch.rejected_rows)}
            </Button>
          ) : (
            formatCount(batch.rejected_rows)
          ),
        numeric: true,
        width: 92,
      },
      {
        key: "state",
        title: t("data.columns.state"),
        text: (batch) => t(batch.undone_at ? "data.undone" : "data.counts"),
        render: (batch) =>
          batch.undone_at ? (
            <>
              <span className="batch-line">{t("data.undone")}</span>
              <span className="batch-line quiet figure">{formatMoment(batch.undone_at)}</span>
            </>
          ) : !may("undo_imports") ? (
            t("data.counts")
          ) : (
            <Button
              size="small"
              icon={<Undo2 size={13} aria-hidden />}
              disabled={undo.pending}
              onClick={() => undo.ask(batch.id)}
              data-testid={`undo-${batch.id}`}
            >
              {t("data.undo.action")}
            </Button>
          ),
        width: 150,
      },
    ],
    [t, word, undo, onRejected, may],
  );
  return (
    <DataTable
      label={t("data.batches")}
      columns={columns}
      rows={batches}
      rowKey={(batch) => batch.id}
      rowPx={52}
      maxHeight={560}
      testId="batches"
    />
  );
}
