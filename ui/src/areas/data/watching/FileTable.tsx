/** The files that were met: taken with what they brought, waiting with the reason and the way on. */
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { Undo2 } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { WatchedFileInfo, WatchedList } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { formatCount, formatMoment, MISSING } from "../../../components/format";
import { useRights } from "../../../components/rights";
import { useSay, useTerm } from "../../../i18n/say";
import { useUndo } from "../useUndo";

export function FileTable({ list }: { list: WatchedList }) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const may = useRights();
  const undo = useUndo();
  const navigate = useNavigate();
  const { mutate: open, isPending: opening, error: notOpened } = useCommand("open_watched_file");
  const { mutate: retry, isPending: retrying, error: notRetried } = useCommand("retry_watched_file");
  const columns = useMemo<Column<WatchedFileInfo>[]>(() => {
    const openImport = (file: WatchedFileInfo) =>
      open(
        { file: file.id },
        {
          onSuccess: (draft) =>
            void navigate({
              to: "/data/import",
              search: (old: Record<string, unknown>) => ({ ...old, session: draft.session, step: undefined }) as never,
            }),
        },
      );
    return [
      { key: "at", title: t("data.columns.at"), text: (file) => formatMoment(file.at), width: 140 },
      { key: "name", title: t("data.columns.file"), text: (file) => file.name, width: 180 },
      { key: "state", title: t("data.watching.state"), text: (file) => term("watch_state", file.state), width: 110 },
      {
        key: "rows",
        title: t("data.watching.rows"),
        text: (file) => (file.batch ? formatCount(file.batch.new_rows + file.batch.changed_rows) : MISSING),
        numeric: true,
        width: 100,
      },
      {
        key: "rejected",
        title: t("data.columns.rejected_rows"),
        text: (file) => (file.batch ? formatCount(file.batch.rejected_rows) : MISSING),
        numeric: true,
        width: 92,
      },
      { key: "reason", title: t("data.columns.reason"), text: (file) => (file.reason ? say(file.reason) : "") },
      {
        key: "action",
        title: t("data.columns.state"),
        text: () => "",
        render: (file) => {
          if (file.state === "waiting" && may("import_data")) {
            return (
              <Button size="small" type="primary" disabled={opening} onClick={() => openImport(file)} data-testid={`open-${file.name}`}>
                {t("data.watching.open")}
              </Button>
            );
          }
          if (file.state === "failed" && may("import_data")) {
            return (
              <Button size="small" disabled={retrying} onClick={() => retry({ file: file.id })} data-testid={`retry-${file.name}`}>
                {t("data.watching.retry")}
              </Button>
            );
          }
          const batch = file.batch;
          if (batch?.undone_at) return t("data.undone");
          if (batch && may("undo_imports")) {
            return (
              <Button size="small" icon={<Undo2 size={13} aria-hidden />} disabled={undo.pending} onClick={() => undo.ask(batch.id)} data-testid={`undo-${file.name}`}>
                {t("data.undo.action")}
              </Button>
            );
          }
          return null;
        },
        width: 150,
      },
    ];
  }, [t, say, term, may, undo, navigate, open, opening, retry, retrying]);
  const error = notOpened ?? notRetried;
  return (
    <>
      {error && <ErrorState error={error} />}
      <DataTable
        label={t("data.watching.files")}
        columns={columns}
        rows={list.files}
        rowKey={(file) => file.id}
        empty={t("data.watching.noFiles")}
        rowPx={56}
        maxHeight={560}
        testId="file-table"
      />
    </>
  );
}
