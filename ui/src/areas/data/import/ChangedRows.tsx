/** Some of the rows that change something: each value that would be another, as it is and as it would be. */
import { ArrowRight } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { FieldLine, FilePreview, SampledRow } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { formatCount } from "../../../components/format";
import { Section } from "../../../components/Page";
import { useSay, useTerm } from "../../../i18n/say";
import "../../../components/history/history.css";

/** A value of a changed row. */
interface Row {
  /** Two files may have one name. */
  of: number;
  file: string;
  sample: SampledRow;
  field: FieldLine;
  /** Of its row; the row is named at its first value. */
  index: number;
}

export function ChangedRows({ files }: { files: readonly FilePreview[] }) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const rows = useMemo(
    () =>
      files.flatMap(({ index: of, file, changed_samples }) =>
        changed_samples.flatMap((sample) => sample.record.fields.map((field, index): Row => ({ of, file, sample, field, index }))),
      ),
    [files],
  );
  const columns = useMemo<Column<Row>[]>(() => {
    const named = (text: string, row: Row) => (row.index === 0 ? text : <span className="sampled-again">{text}</span>);
    const line = (row: Row) => formatCount(row.sample.line);
    return [
      { key: "file", title: t("data.columns.file"), text: (row) => row.file, render: (row) => named(row.file, row), width: 160 },
      { key: "line", title: t("data.columns.line"), text: line, render: (row) => named(line(row), row), numeric: true, width: 76 },
      {
        key: "record",
        title: t("data.columns.record"),
        text: (row) => [say(row.sample.record.name), row.sample.number ?? ""].filter(Boolean).join(" · "),
        render: (row) =>
          row.index === 0 ? (
            <>
              {say(row.sample.record.name)} {row.sample.number && <span className="quiet">{row.sample.number}</span>}
            </>
          ) : (
            <span className="sampled-again">{say(row.sample.record.name)}</span>
          ),
        width: 200,
      },
      { key: "field", title: t("data.columns.field"), text: (row) => term("record_field", row.field.field), width: 130 },
      {
        key: "from",
        title: t("data.columns.before"),
        text: (row) => say(row.field.from),
        render: (row) => <span className="history-from">{say(row.field.from)}</span>,
      },
      {
        key: "to",
        title: t("data.columns.after"),
        text: (row) => say(row.field.to),
        render: (row) => (
          <span className="sampled-to">
            <ArrowRight size={13} aria-hidden /> {say(row.field.to)}
          </span>
        ),
      },
    ];
  }, [t, say, term]);
  if (rows.length === 0) return null;
  const shown = files.reduce((sum, file) => sum + file.changed_samples.length, 0);
  const all = files.reduce((sum, file) => sum + file.changed_rows, 0);
  return (
    <Section
      title={t("data.import.changedTitle")}
      context={t("data.import.sampledChanges", { shown: formatCount(shown), all: formatCount(all) })}
      flush
      testId="preview-changed"
    >
      <DataTable
        label={t("data.import.changedTitle")}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.of}:${row.sample.line}:${row.index}`}
        maxHeight={360}
        testId="changed-rows"
      />
    </Section>
  );
}
