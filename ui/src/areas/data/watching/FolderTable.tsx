/** The watched folders, how their files are taken, and whether they can be looked into. */
import { Button } from "antd";
import { CircleAlert, CircleCheck } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { WatchedFolderInfo } from "../../../backend/generated";
import { useCommand } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { MISSING } from "../../../components/format";
import { useRights } from "../../../components/rights";
import { useWord } from "../../../i18n";
import { useSay } from "../../../i18n/say";

export function FolderTable({ folders }: { folders: readonly WatchedFolderInfo[] }) {
  const { t } = useTranslation();
  const word = useWord();
  const say = useSay();
  const may = useRights()("import_data");
  const { mutate, isPending, error } = useCommand("unwatch_folder");
  const columns = useMemo<Column<WatchedFolderInfo>[]>(() => {
    const stateOf = (row: WatchedFolderInfo) => {
      if (row.problem) return say(row.problem);
      if (row.settling > 0) return t("data.watching.settling", { count: row.settling });
      return t("data.watching.reachable");
    };
    return [
      { key: "path", title: t("data.watching.folder"), text: (row) => row.path },
      { key: "source", title: t("data.columns.source"), text: (row) => word("data.source", row.source), width: 110 },
      { key: "profile", title: t("data.watching.mapping"), text: (row) => row.profile ?? t("data.watching.confirmed"), width: 170 },
      { key: "kind", title: t("data.columns.kind"), text: (row) => (row.kind ? word("data.kind", row.kind) : MISSING), width: 120 },
      {
        key: "state",
        title: t("data.watching.state"),
        text: stateOf,
        render: (row) => (
          <span className={row.problem ? "mark mark-bad" : "mark mark-ok"}>
            {row.problem ? <CircleAlert size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />} {stateOf(row)}
          </span>
        ),
        width: 240,
      },
      {
        key: "end",
        title: t("data.columns.state"),
        text: () => "",
        render: (row) =>
          may && (
            <Button size="small" disabled={isPending} onClick={() => mutate({ folder: row.id })} data-testid={`unwatch-${row.id}`}>
              {t("data.watching.end")}
            </Button>
          ),
        width: 168,
      },
    ];
  }, [t, word, say, may, mutate, isPending]);
  return (
    <>
      {error && <ErrorState error={error} />}
      <DataTable label={t("data.watching.folders")} columns={columns} rows={folders} rowKey={(row) => row.id} testId="folder-table" />
    </>
  );
}
