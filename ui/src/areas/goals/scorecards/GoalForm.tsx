/** Sets a goal of a KPI for a unit or person, changes it, or takes it away; what is wrong is said beside its field. */
import { Button, DatePicker, Drawer, Form, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { BackendError } from "../../../backend/backend";
import type { OrganisationTree } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { daysOf, periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { useSay, useTerm } from "../../../i18n/say";
import { Chooser } from "../progress/Chooser";
import { useDone } from "../round/useDone";
import { cleanText, goalText } from "./exact";
import { PLANNED } from "./planned";
import { useMetrics } from "./useMetrics";
import { askedOf, periodsOfYear } from "./useWhich";

export interface GoalStart {
  metric: string | null;
  who: string | null;
  period: string;
  /** Null: the first day of the period. */
  from: string | null;
  /** Exact. */
  value: string | null;
  /** It is set, from `from` on: what it is of stays, and it can be taken away. */
  exists: boolean;
}

type FieldName = "metric" | "who" | "period" | "from" | "value";

export function GoalForm({ start, onClose }: { start: GoalStart; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open onClose={onClose} title={t(start.exists ? "scorecards.form.change" : "scorecards.form.set")} size={420} destroyOnHidden data-testid="kpi-goal-form">
      <Fields start={start} onClose={onClose} />
    </Drawer>
  );
}

/** Where the program's refusal belongs; null: it is about no field. */
export function fieldOf({ code, params }: Pick<BackendError, "code" | "params">): FieldName | null {
  if (code === "kpi_goal_value") return "value";
  if (code === "kpi_goal_planned" || code === "kpi_neutral") return "metric";
  const named = code === "input" ? params["field"] : code === "not_found" ? params["what"] : undefined;
  if (named === "from" || named === "period" || named === "value" || named === "metric") return named;
  return named === "unit" || named === "person" ? "who" : null;
}

function Fields({ start, onClose }: { start: GoalStart; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = useTerm();
  const done = useDone();
  const { options, nameOf, infoOf } = useMetrics(PLANNED);
  const organisation = useRead("get_organisation", {}).data;
  const [metric, setMetric] = useState(start.metric);
  const [who, setWho] = useState(start.who);
  const [period, setPeriod] = useState(start.period);
  const [from, setFrom] = useState(start.from);
  const [typed, setTyped] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const set = useCommand("set_kpi_goal");
  const unit = metric === null ? undefined : infoOf(metric)?.unit;
  const value = typed ?? (start.value === null ? "" : goalText(start.value, unit ?? ""));
  const missing: Partial<Record<FieldName, string>> = {
    ...(metric === null && { metric: t("scorecards.form.wrong.metric") }),
    ...(who === null && { who: t("scorecards.form.wrong.who") }),
    ...(value.trim() === "" && { value: t("scorecards.form.wrong.value") }),
  };
  const send = (to: string | null, said: string) => {
    if (metric === null || who === null) return;
    const onSuccess = () => {
      done(said);
      onClose();
    };
    set.mutate({ metric, ...askedOf(who, organisation), period, ...(from !== null && { from }), value: to }, { onSuccess });
  };
  const save = () => {
    setTried(true);
    if (Object.keys(missing).length === 0) send(cleanText(value), t("scorecards.form.saved", { name: nameOf(metric ?? "") }));
  };
  const trouble = useTrouble(set.error, tried ? missing : {}, nameOf);
  return (
    <Form layout="vertical" onFinish={save}>
      <Field name="metric" label={t("scorecards.form.metric")} wrong={trouble.metric}>
        <Select id="kpi-goal-metric" disabled={start.exists} showSearch={{ optionFilterProp: "label" }} popupMatchSelectWidth={320} placeholder={t("scorecards.edit.choose")} value={metric} onChange={setMetric} options={options} data-testid="kpi-goal-metric" />
      </Field>
      {start.exists ? (
        <p className="kpi-fixed">
          <span className="quiet">{t("scorecards.form.who")}</span> {nameIn(organisation, who)} · {periodLabel(period, t, language)} · {t("scorecards.form.from")} {from}
        </p>
      ) : (
        <Whose who={who} period={period} from={from} trouble={trouble} onWho={setWho} onPeriod={setPeriod} onFrom={setFrom} />
      )}
      <Field name="value" label={t("scorecards.form.value")} wrong={trouble.value} help={unit === undefined ? undefined : t("scorecards.form.valueHelp", { unit: term("kpi_goal_unit", unit) })}>
        <Input id="kpi-goal-value" className="figure" autoComplete="off" value={value} onChange={(event) => setTyped(event.target.value)} data-testid="kpi-goal-value" />
      </Field>
      {trouble.other && <ErrorState error={trouble.other} onRetry={save} />}
      <span className="kpi-actions">
        <Button type="primary" htmlType="submit" loading={set.isPending} data-testid="kpi-goal-save">
          {t("scorecards.form.save")}
        </Button>
        {start.exists && (
          <Button loading={set.isPending} onClick={() => send(null, t("scorecards.form.removed", { name: nameOf(metric ?? "") }))} data-testid="kpi-goal-remove">
            {t("scorecards.form.remove")}
          </Button>
        )}
      </span>
    </Form>
  );
}

function nameIn(organisation: OrganisationTree | undefined, who: string | null): string | undefined {
  return [...(organisation?.units ?? []), ...(organisation?.people ?? [])].find(({ id }) => id === who)?.name;
}

interface WhoseProps {
  who: string | null;
  period: string;
  from: string | null;
  trouble: Trouble;
  onWho: (who: string | null) => void;
  onPeriod: (period: string) => void;
  onFrom: (from: string | null) => void;
}

/** Whose goal it is, in which period, and from which day on. */
function Whose({ who, period, from, trouble, onWho, onPeriod, onFrom }: WhoseProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const year = Number(period.slice(0, 4));
  return (
    <>
      <Field name="who" label={t("scorecards.form.who")} wrong={trouble.who}>
        <Chooser everybody id="kpi-goal-who" testId="kpi-goal-who" value={who} onChange={onWho} />
      </Field>
      <div className="kpi-form-period">
        <Form.Item label={t("scorecards.form.year")} htmlFor="kpi-goal-year">
          <InputNumber id="kpi-goal-year" min={1900} max={2200} precision={0} value={year} onChange={(next) => next !== null && onPeriod(`${next}${period.slice(4)}`)} />
        </Form.Item>
        <Field name="period" label={t("scorecards.form.period")} wrong={trouble.period}>
          <Select id="kpi-goal-period" value={period} onChange={onPeriod} options={periodsOfYear(year).map((key) => ({ value: key, label: periodLabel(key, t, language) }))} data-testid="kpi-goal-period" />
        </Field>
      </div>
      <Field name="from" label={t("scorecards.form.from")} wrong={trouble.from} help={t("scorecards.form.fromHelp")}>
        <DatePicker id="kpi-goal-from" value={from === null ? null : dayjs(from)} placeholder={daysOf(period)?.from ?? ""} onChange={(day) => onFrom(day ? day.format("YYYY-MM-DD") : null)} />
      </Field>
    </>
  );
}

function Field({ name, label, wrong, help, children }: { name: FieldName; label: string; wrong: string | undefined; help?: string | undefined; children: ReactNode }) {
  return (
    <Form.Item label={label} htmlFor={`kpi-goal-${name}`} validateStatus={wrong ? "error" : ""} help={wrong ? <span role="alert">{wrong}</span> : help}>
      {children}
    </Form.Item>
  );
}

type Trouble = Partial<Record<FieldName, string>> & { other?: BackendError };

/** What is missing, and what the program refused, by field. */
function useTrouble(error: BackendError | null, missing: Partial<Record<FieldName, string>>, nameOf: (code: string) => string): Trouble {
  const say = useSay();
  if (!error || Object.keys(missing).length > 0) return missing;
  const field = fieldOf(error);
  if (field === null) return { other: error };
  const metric = error.params["metric"];
  return { [field]: say({ code: error.code, params: { ...error.params, ...(metric !== undefined && { metric: nameOf(metric) }) } }) };
}
