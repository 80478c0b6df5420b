/** Shift, revise and copy: the fields of each, and the change that they make. */
import { DatePicker, Form, Input, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { GoalAbove, GoalEdited, GridColumn, GridRow } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { formatDecimal, parseTyped } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { AboveChooser } from "./AboveChooser";
import { ChangeDrawer } from "./ChangeDrawer";

interface FormProps {
  plan: string;
  year: number;
  row: GridRow;
  period: string;
  columns: readonly GridColumn[];
  /** What happens above, as chosen in the toolbar. */
  above: GoalAbove;
  onClose: () => void;
  onDone: (result: GoalEdited) => void;
}

export type ChangeKind = "shift" | "revise" | "copy";

export function ChangeForm({ kind, ...props }: FormProps & { kind: ChangeKind }) {
  if (kind === "shift") return <Shift {...props} />;
  return kind === "revise" ? <Revise {...props} /> : <Copy {...props} />;
}

function Shift({ plan, row, period, columns, onClose, onDone }: FormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [from, setFrom] = useState<string>(row.unit);
  const [to, setTo] = useState<string | null>(null);
  const [when, setWhen] = useState(period);
  const [text, setText] = useState("");
  const amount = parseTyped(text);
  const edit = to !== null && amount !== null ? ({ kind: "shift", from, to, period: when, amount } as const) : null;
  const periods = columns.map((column) => ({ value: column.period, label: periodLabel(column.period, t, language) }));
  return (
    <ChangeDrawer title={t("goals.grid.shift.title")} explain={t("goals.grid.shift.explain")} apply={t("goals.grid.shift.apply")} {...{ plan, edit, onClose, onDone }}>
      <Form layout="vertical">
        <Form.Item label={t("goals.grid.shift.from")} htmlFor="shift-from">
          <WhoSelect id="shift-from" value={from} onChange={setFrom} />
        </Form.Item>
        <Form.Item label={t("goals.grid.shift.to")} htmlFor="shift-to">
          <WhoSelect id="shift-to" value={to} without={from} onChange={setTo} />
        </Form.Item>
        <Form.Item label={t("goals.grid.period")} htmlFor="shift-period">
          <Select id="shift-period" value={when} onChange={setWhen} options={periods} showSearch={{ optionFilterProp: "label" }} />
        </Form.Item>
        <AmountItem id="shift-amount" label={t("goals.grid.amount")} text={text} onChange={setText} />
      </Form>
    </ChangeDrawer>
  );
}

function Revise({ plan, year, row, columns, above: chosen, onClose, onDone }: FormProps) {
  const { t } = useTranslation();
  const today = useRead("get_status", {}).data?.today;
  const [picked, setFrom] = useState<string | null>(null);
  const [above, setAbove] = useState<GoalAbove>(chosen === "periods" ? "grow" : chosen);
  const [text, setText] = useState(() => formatDecimal(row.amounts[0]).replace("−", "-"));
  const amount = parseTyped(text);
  const whole = columns[0];
  const from = picked ?? dayAfter(today, whole);
  const edit = amount === null ? null : ({ kind: "revise", unit: row.unit, from, amount, above } as const);
  return (
    <ChangeDrawer title={t("goals.grid.revise.title", { name: row.name, year: String(year) })} explain={t("goals.grid.revise.explain")} apply={t("goals.grid.revise.apply")} {...{ plan, edit, onClose, onDone }}>
      <Form layout="vertical">
        <Form.Item label={t("goals.grid.revise.from")} htmlFor="revise-from">
          <DatePicker
            id="revise-from"
            value={dayjs(from)}
            allowClear={false}
            {...(whole && { minDate: dayjs(whole.start), maxDate: dayjs(whole.end).subtract(1, "day") })}
            onChange={(day) => setFrom(day ? day.format("YYYY-MM-DD") : null)}
          />
        </Form.Item>
        <AmountItem id="revise-amount" label={t("goals.grid.revise.amount", { year: String(year) })} text={text} onChange={setText} />
        <Form.Item label={t("goals.grid.above.label")} htmlFor="revise-above">
          <AboveChooser id="revise-above" value={above} without="periods" onChange={setAbove} />
        </Form.Item>
      </Form>
    </ChangeDrawer>
  );
}

function Copy({ plan, row, above: chosen, onClose, onDone }: FormProps) {
  const { t } = useTranslation();
  const [to, setTo] = useState<string[]>([]);
  // Every period gets a number: none is left that could give or take.
  const [above, setAbove] = useState<GoalAbove>(chosen === "periods" ? "grow" : chosen);
  const edit = to.length > 0 ? ({ kind: "copy", from: row.unit, to, above } as const) : null;
  return (
    <ChangeDrawer title={t("goals.grid.copy.title", { name: row.name })} explain={t("goals.grid.copy.explain")} apply={t("goals.grid.copy.apply")} {...{ plan, edit, onClose, onDone }}>
      <Form layout="vertical">
        <Form.Item label={t("goals.grid.copy.to")} htmlFor="copy-to">
          <WhoSelect id="copy-to" many peopleOnly={row.level === "person"} value={to} without={row.unit} onChange={setTo} />
        </Form.Item>
        <Form.Item label={t("goals.grid.above.label")} htmlFor="copy-above">
          <AboveChooser id="copy-above" value={above} without="periods" onChange={setAbove} />
        </Form.Item>
      </Form>
    </ChangeDrawer>
  );
}

/** Tomorrow, or the first or last day of the year if tomorrow is not in it. */
function dayAfter(today: string | undefined, whole: GridColumn | undefined): string {
  const tomorrow = dayjs(today).add(1, "day").format("YYYY-MM-DD");
  if (!whole || (tomorrow >= whole.start && tomorrow < whole.end)) return tomorrow;
  return tomorrow < whole.start ? whole.start : dayjs(whole.end).subtract(1, "day").format("YYYY-MM-DD");
}

function AmountItem({ id, label, text, onChange }: { id: string; label: string; text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const wrong = text.trim() !== "" && parseTyped(text) === null;
  return (
    <Form.Item label={label} htmlFor={id} validateStatus={wrong ? "error" : ""} help={wrong ? t("goals.grid.wrong") : undefined}>
      <Input id={id} className="figure" inputMode="decimal" autoComplete="off" value={text} onChange={(event) => onChange(event.target.value)} />
    </Form.Item>
  );
}

type Who = { id: string; without?: string; peopleOnly?: boolean } & (
  | { many: true; value: string[]; onChange: (value: string[]) => void }
  | { many?: false; value: string | null; onChange: (value: string) => void }
);

/** Units and people to choose from, by name or staff number. */
function WhoSelect(props: Who) {
  const { id, without, peopleOnly } = props;
  const organisation = useRead("get_organisation", {});
  const { units = [], people = [] } = organisation.data ?? {};
  const teams = new Map(units.map((unit) => [unit.id as string, unit.name]));
  const options = [
    ...(peopleOnly ? [] : units.map((unit) => ({ value: unit.id as string, label: unit.name }))),
    ...people.map((person) => ({
      value: person.id as string,
      label: [person.name, person.staff_number, teams.get(person.team ?? "")].filter(Boolean).join(" · "),
    })),
  ].filter(({ value }) => value !== without);
  const shared = { id, options, loading: organisation.isPending, showSearch: { optionFilterProp: "label" as const } };
  return props.many ? (
    <Select {...shared} mode="multiple" value={props.value} onChange={props.onChange} />
  ) : (
    <Select {...shared} value={props.value} onChange={(value) => value !== null && props.onChange(value)} />
  );
}
