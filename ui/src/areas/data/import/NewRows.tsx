/** Some of the rows that are new: line, record, and what it would have. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { FilePreview, SampledRow } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { formatCount } from "../../../components/format";
import { Section } from "../../../components/Page";
import { useSay, useTerm } from "../../../i18n/say";

interface Row extends SampledRow {
  /** Two files may have one name. */
  index: number;
  file: string;
}

export function NewRows({ files }: { files: readonly FilePreview[] }) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const rows = useMemo(() => files.flatMap(({ index, file, new_samples }) => new_samples.map((row): Row => ({ ...row, index, file }))), [files]);
  const columns = useMemo<Column<Row>[]>(
    () => [
      { key: "file", title: t("data.columns.file"), text: (row) => row.file, width: 160 },
      { key: "line", title: t("data.columns.line"), text: (row) => formatCount(row.line), numeric: true, width: 76 },
      {
        key: "record",
        title: t("data.columns.record"),
        text: (row) => [say(row.record.name), row.number ?? ""].filter(Boolean).join(" · "),
        render: (row) => (
          <>
            {say(row.record.name)} {row.number && <span className="quiet">{row.number}</span>}
          </>
        ),
        width: 220,
      },
      {
        key: "values",
        title: t("data.columns.values"),
        text: (row) => row.record.fields.map((field) => `${term("record_field", field.field)}: ${say(field.to)}`).join(" · "),
        render: (row) => (
          <>
            {row.record.fields.map((field) => (
              <span key={`${field.field} ${say(field.to)}`} className="sampled-value">
                <span className="quiet">{term("record_field", field.field)}</span> {say(field.to)}
              </span>
            ))}
          </>
        ),
      },
    ],
    [t, say, term],
  );
  if (rows.length === 0) return null;
  const all = files.reduce((sum, file) => sum + file.new_rows, 0);
  return (
    <Section
      title={t("data.import.newTitle")}
      context={t("data.import.sampled", { shown: formatCount(rows.length), all: formatCount(all) })}
      flush
      testId="preview-new"
    >
      <DataTable
        label={t("data.import.newTitle")}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.index}:${row.line}`}
        rowPx={56}
        maxHeight={320}
        testId="new-rows"
      />
    </Section>
  );
}
