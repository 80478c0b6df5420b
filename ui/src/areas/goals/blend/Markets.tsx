/** Potentials of markets and weights of customer segments: small tables that grow by a row. */
import { Button, Input } from "antd";
import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { uses, type BlendDraft, type FieldName, type MarketDraft, type SegmentDraft } from "./draft";
import { Wrongs } from "./Field";

interface Props {
  draft: BlendDraft;
  symbol: string;
  onChange: (change: Partial<BlendDraft>) => void;
}

/** Shown only where the factor has a share: else nothing reads them. */
export function Markets({ draft, symbol, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {uses(draft, "market") && (
        <Rows<MarketDraft>
          field="markets"
          legend={t("goalBlend.markets")}
          help={t("goalBlend.marketsHelp")}
          columns={[
            { key: "region", label: t("goalBlend.region") },
            { key: "segment", label: t("goalBlend.segment") },
            { key: "amount", label: t("goalBlend.potential", { symbol }), numeric: true },
          ]}
          rows={draft.markets}
          empty={{ region: "", segment: "", amount: "" }}
          onChange={(markets) => onChange({ markets })}
        />
      )}
      {uses(draft, "segment") && (
        <Rows<SegmentDraft>
          field="segments"
          legend={t("goalBlend.segments")}
          help={t("goalBlend.segmentsHelp")}
          columns={[
            { key: "segment", label: t("goalBlend.segment") },
            { key: "weight", label: t("goalBlend.weight"), numeric: true },
          ]}
          rows={draft.segments}
          empty={{ segment: "", weight: "1" }}
          onChange={(segments) => onChange({ segments })}
        />
      )}
    </>
  );
}

interface RowsProps<Row> {
  field: FieldName;
  legend: string;
  help: ReactNode;
  columns: readonly { key: keyof Row & string; label: string; numeric?: boolean }[];
  rows: readonly Row[];
  empty: Row;
  onChange: (rows: readonly Row[]) => void;
}

function Rows<Row extends { [K in keyof Row]: string }>({ field, legend, help, columns, rows, empty, onChange }: RowsProps<Row>) {
  const { t } = useTranslation();
  return (
    <fieldset className="blend-group" data-testid={`blend-${field}`}>
      <legend>{legend}</legend>
      <p className="quiet">{help}</p>
      {rows.length > 0 && (
        <table className="plain-table blend-rows">
          <thead>
            <tr>
              {columns.map(({ key, label, numeric }) => (
                <th scope="col" key={key} className={numeric ? "number" : ""}>{label}</th>
              ))}
              <th scope="col"><span className="sr-only">{t("goalBlend.remove")}</span></th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // Rows have no name before they are written; they only grow and shrink.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at}>
                {columns.map(({ key, label, numeric }) => (
                  <td key={key} className={numeric ? "number" : ""}>
                    <Input
                      size="small"
                      className={numeric ? "figure" : ""}
                      aria-label={t("goalBlend.cellOf", { column: label, row: String(at + 1) })}
                      value={row[key]}
                      onChange={(event) => onChange(rows.map((other, place) => (place === at ? { ...other, [key]: event.target.value } : other)))}
                    />
                  </td>
                ))}
                <td>
                  <Button size="small" type="text" icon={<X size={14} />} aria-label={t("goalBlend.removeRow", { row: String(at + 1) })} onClick={() => onChange(rows.filter((_, place) => place !== at))} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button size="small" icon={<Plus size={14} />} onClick={() => onChange([...rows, empty])} data-testid={`blend-add-${field}`}>
        {t("goalBlend.addRow")}
      </Button>
      <Wrongs field={field} />
    </fieldset>
  );
}
