/** The columns of the file for payroll: ordered, named, added, taken away. */
import { Button, Input, Segmented, Select } from "antd";
import { ArrowDown, ArrowUp, Plus, RotateCcw, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { PayrollColumn, PayrollColumns, PayrollField, PayrollProblem } from "../../../backend/generated";
import { MessageText } from "../../../components/MessageText";
import { Section } from "../../../components/Page";
import { useLanguage, useWord } from "../../../i18n";

interface Props {
  columns: PayrollColumns;
  fields: readonly PayrollField[];
  problems: readonly PayrollProblem[];
  onChange: (columns: PayrollColumns) => void;
  onReset: () => void;
}

export function Columns({ columns, fields, problems, onChange, onReset }: Props) {
  const { t } = useTranslation();
  const word = useFieldWord(fields);
  const all = columns.columns;
  const put = (changed: readonly PayrollColumn[]) => onChange({ ...columns, columns: [...changed] });
  const options = fields.map(({ field }) => ({ value: field, label: word(field) }));
  return (
    <Section
      title={t("bonus.papers.columns.title")}
      actions={
        <>
          <Segmented
            aria-label={t("bonus.papers.columns.amounts")}
            value={columns.amounts}
            onChange={(amounts) => onChange({ ...columns, amounts })}
            options={(["decimal", "minor"] as const).map((value) => ({ value, label: t(`bonus.papers.columns.${value}`) }))}
          />
          <Button icon={<RotateCcw size={14} />} onClick={onReset} data-testid="columns-reset">
            {t("bonus.papers.columns.reset")}
          </Button>
        </>
      }
      testId="payroll-columns"
    >
      {all.length === 0 && <p className="quiet">{t("bonus.papers.columns.none")}</p>}
      {all.length > 0 && (
        <table className="plain-table payroll-columns" aria-label={t("bonus.papers.columns.title")}>
          <thead>
            <tr>
              {(["number", "header", "field", "text", "actions"] as const).map((one) => (
                <th key={one} scope="col">{t(`bonus.papers.columns.${one}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.map((column, at) => (
              <ColumnRow
                // A column is its place: what it is called and holds changes under one's hands.
                // oxlint-disable-next-line react/no-array-index-key
                key={at}
                at={at}
                column={column}
                last={at === all.length - 1}
                options={options}
                problems={problems.filter((one) => one.column === at)}
                onPut={(changed) => put(all.with(at, changed))}
                onMove={(to) => put(moved(all, at, to))}
                onRemove={() => put(all.toSpliced(at, 1))}
              />
            ))}
          </tbody>
        </table>
      )}
      {problems.filter(({ column }) => column === null).map(({ message }) => (
        <p key={message.code} role="alert" className="payroll-problem"><MessageText message={message} /></p>
      ))}
      <Button icon={<Plus size={14} />} onClick={() => put([...all, added(all, word("name"))])} data-testid="columns-add">
        {t("bonus.papers.columns.add")}
      </Button>
    </Section>
  );
}

interface RowProps {
  at: number;
  column: PayrollColumn;
  last: boolean;
  options: { value: string; label: string }[];
  problems: readonly PayrollProblem[];
  onPut: (column: PayrollColumn) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

function ColumnRow({ at, column, last, options, problems, onPut, onMove, onRemove }: RowProps) {
  const { t } = useTranslation();
  const number = String(at + 1);
  const choose = (field: string) => onPut(field === "text" ? { ...column, field, text: column.text ?? "" } : { header: column.header, field });
  return (
    <tr data-testid={`column-${at}`}>
      <td className="figure">{number}</td>
      <td>
        <Input
          value={column.header}
          status={problems.length > 0 ? "error" : ""}
          aria-label={t("bonus.papers.columns.headerOf", { number })}
          onChange={(event) => onPut({ ...column, header: event.target.value })}
        />
        {problems.map(({ message }) => (
          <p key={JSON.stringify(message)} role="alert" className="payroll-problem"><MessageText message={message} /></p>
        ))}
      </td>
      <td>
        <Select showSearch={{ optionFilterProp: "label" }} className="payroll-field" value={column.field} aria-label={t("bonus.papers.columns.fieldOf", { number })} options={options} onChange={choose} />
      </td>
      <td>
        {column.field === "text" && (
          <Input value={column.text ?? ""} aria-label={t("bonus.papers.columns.textOf", { number })} onChange={(event) => onPut({ ...column, text: event.target.value })} />
        )}
      </td>
      <td>
        <span className="payroll-actions">
          <Button size="small" icon={<ArrowUp size={14} />} disabled={at === 0} aria-label={t("bonus.papers.columns.up", { number })} onClick={() => onMove(at - 1)} />
          <Button size="small" icon={<ArrowDown size={14} />} disabled={last} aria-label={t("bonus.papers.columns.down", { number })} onClick={() => onMove(at + 1)} />
          <Button size="small" icon={<Trash2 size={14} />} aria-label={t("bonus.papers.columns.remove", { number })} onClick={onRemove} />
        </span>
      </td>
    </tr>
  );
}

/** What a field is called; a component by its name. */
function useFieldWord(fields: readonly PayrollField[]): (field: string) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  return (field) => {
    const found = fields.find((one) => one.field === field);
    const name = language === "en" ? found?.name_en : found?.name_zh;
    return name ? t("bonus.papers.component", { name }) : word("bonus.papers.field", field);
  };
}

function moved(all: readonly PayrollColumn[], from: number, to: number): PayrollColumn[] {
  const one = all[from];
  return one ? all.toSpliced(from, 1).toSpliced(to, 0, one) : [...all];
}

/** A column whose header no other has. */
function added(all: readonly PayrollColumn[], name: string): PayrollColumn {
  const taken = new Set(all.map(({ header }) => header));
  let header = name;
  for (let number = 2; taken.has(header); number += 1) header = `${name} ${number}`;
  return { header, field: "name" };
}
