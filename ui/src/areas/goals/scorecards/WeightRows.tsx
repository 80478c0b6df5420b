/** The KPIs of a scorecard while it is written: one a row, with weight and cap in per cent. */
import { Button, Input, Select } from "antd";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useMetrics } from "./useMetrics";
import type { WeightField, WeightRow, Wrongs } from "./weightDraft";

interface Props {
  rows: readonly WeightRow[];
  wrongs: Wrongs;
  /** What the program refused of a row. */
  refusal: { row: number; field: WeightField; said: string } | null;
  onChange: (rows: WeightRow[]) => void;
}

export function WeightRows({ rows, wrongs, refusal, onChange }: Props) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <>
      <table className="plain-table kpi-rows-edit" aria-label={t("scorecards.weights.kpis")} data-testid="weights-rows">
        <thead>
          <tr>
            <th scope="col">{t("scorecards.edit.kpi")}</th>
            <th scope="col">{t("scorecards.edit.weight")}</th>
            <th scope="col">{t("scorecards.edit.cap")}</th>
            <th scope="col"><span className="sr-only">{t("scorecards.weights.actions")}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Row key={row.key} row={row} at={at} rows={rows} wrong={wrongs.get(row.key) ?? {}} refusal={refusal?.row === row.key ? refusal : null} onChange={onChange} />
          ))}
        </tbody>
      </table>
      <p className="quiet">{t("scorecards.edit.capHelp")}</p>
    </>
  );
}

interface RowProps {
  row: WeightRow;
  at: number;
  rows: readonly WeightRow[];
  wrong: Partial<Record<WeightField, "metric" | "twice" | "weight" | "positive" | "cap">>;
  refusal: Props["refusal"];
  onChange: (rows: WeightRow[]) => void;
}

function Row({ row, at, rows, wrong, refusal, onChange }: RowProps) {
  const { t } = useTranslation();
  const { options, nameOf } = useMetrics();
  const name = row.metric === null ? t("scorecards.edit.row", { at: at + 1 }) : nameOf(row.metric);
  const change = (next: Partial<WeightRow>) => onChange(rows.map((one) => (one.key === row.key ? { ...one, ...next } : one)));
  const wordsOf = (field: WeightField) => {
    const own = wrong[field];
    return own ? t(`scorecards.edit.wrong.${own}`) : refusal?.field === field ? refusal.said : null;
  };
  const wrongId = (field: WeightField) => `weights-${row.key}-${field}-wrong`;
  const state = (field: WeightField) => {
    const isWrong = wordsOf(field) !== null;
    return { status: isWrong ? ("error" as const) : ("" as const), "aria-invalid": isWrong, ...(isWrong && { "aria-describedby": wrongId(field) }) };
  };
  const said = (field: WeightField) => {
    const words = wordsOf(field);
    return words && <span className="kpi-wrong" role="alert" id={wrongId(field)}>{words}</span>;
  };
  // Chosen elsewhere, it cannot be chosen again; what is gone keeps its code.
  const taken = new Set(rows.filter((one) => one.key !== row.key).map(({ metric }) => metric));
  const known = row.metric !== null && !options.some(({ value }) => value === row.metric) ? [{ value: row.metric, label: name }, ...options] : options;
  return (
    <tr data-testid={`weights-row-${at}`}>
      <td>
        <Select
          className="kpi-metric"
          aria-label={t("scorecards.edit.kpiOf", { at: at + 1 })}
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={300}
          placeholder={t("scorecards.edit.choose")}
          value={row.metric}
          onChange={(metric: string) => change({ metric })}
          options={known.map((option) => ({ ...option, disabled: taken.has(option.value) }))}
          data-testid={`weights-metric-${at}`}
          {...state("metric")}
        />
        {said("metric")}
      </td>
      <td>
        <Input className="figure kpi-share" inputMode="decimal" autoComplete="off" suffix="%" aria-label={t("scorecards.edit.weightOf", { name })} value={row.weight} onChange={(event) => change({ weight: event.target.value })} data-testid={`weights-weight-${at}`} {...state("weight")} />
        {said("weight")}
      </td>
      <td>
        <Input className="figure kpi-share" inputMode="decimal" autoComplete="off" suffix="%" aria-label={t("scorecards.edit.capOf", { name })} value={row.cap} onChange={(event) => change({ cap: event.target.value })} data-testid={`weights-cap-${at}`} {...state("cap")} />
        {said("cap")}
      </td>
      <td>
        <Button type="text" icon={<X size={14} aria-hidden />} aria-label={t("scorecards.edit.drop", { name })} onClick={() => onChange(rows.filter((one) => one.key !== row.key))} data-testid={`weights-drop-${at}`} />
      </td>
    </tr>
  );
}
