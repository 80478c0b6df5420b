/** Rows of each file: new, changed, unchanged, not imported. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { FilePreview } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { formatCount } from "../../../components/format";
import { useWord } from "../../../i18n";

const COUNTS = ["new_rows", "changed_rows", "unchanged_rows", "rejected_rows"] as const;

export function FileCounts({ files }: { files: readonly FilePreview[] }) {
  const { t } = useTranslation();
  const word = useWord();
  const columns = useMemo<Column<FilePreview>[]>(
    () => [
      { key: "kind", title: t("data.columns.kind"), text: (file) => word("data.kind", file.kind), width: 140 },
      { key: "file", title: t("data.columns.file"), text: (file) => file.file },
      ...COUNTS.map((count): Column<FilePreview> => ({
        key: count,
        title: t(`data.columns.${count}`),
        text: (file) => formatCount(file[count]),
        numeric: true,
        width: 110,
        total: formatCount(files.reduce((sum, file) => sum + file[count], 0)),
      })),
    ],
    [t, word, files],
  );
  return (
    <DataTable
      label={t("data.import.counts")}
      columns={columns}
      rows={files}
      rowKey={(file) => String(file.index)}
      testId="import-counts"
    />
  );
}
