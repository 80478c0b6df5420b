/** An own KPI as it is written: every field is checked while somebody types, and the definition shown as it will stand. */
import { Button, Form, Input, InputNumber, Select } from "antd";
import { Trash2 } from "lucide-react";
import { useDeferredValue, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MetricInfo, OwnMetric } from "../../../backend/generated";
import { useCommand, useRead } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { useLanguage } from "../../../i18n";
import { useSay, useTerm } from "../../../i18n/say";
import { Definition } from "./Definition";
import { both } from "../../../i18n/both";

const UNITS = ["money", "count", "ratio", "number", "days", "score"] as const;
const DIRECTIONS = ["higher", "lower", "neutral"] as const;
/** As `EventDate` of the library has them. */
const EVENT_DATES = ["closing", "opening", "period_end", "order", "receipt", "invoice", "signing", "lead_creation", "interaction", "score", "due"] as const;
const MAX_DECIMALS = 6;
/** Select has no value for nothing. */
const NONE = "";

const TEXTS = ["name", "definition", "source"] as const;
const LANGUAGES = ["zh", "en"] as const;

interface Props {
  /** None: a new one. */
  edited: MetricInfo | null;
  metrics: readonly MetricInfo[];
  /** Something was entered that is not saved. */
  onTyped: () => void;
  onSaved: (saved: MetricInfo) => void;
  onCancel: () => void;
  onRemove?: () => void;
}

export function OwnMetricForm({ edited, metrics, onTyped, onSaved, onCancel, onRemove }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const term = useTerm();
  const [metric, setMetric] = useState<OwnMetric>(() => startOf(edited));
  // Fields that nobody has come to yet are not told that they are empty.
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set(edited ? ["all"] : []));
  const asked = { metric, is_new: edited === null };
  const checked = useRead("check_metric", useDeferredValue(asked), { placeholderData: (old) => old });
  const keep = useCommand("keep_metric");
  const problems = checked.data?.problems ?? [];
  const set = (field: string, change: Partial<OwnMetric>) => {
    setMetric((old) => ({ ...old, ...change }));
    setTouched((old) => new Set([...old, field]));
    onTyped();
  };
  const problemOf = (field: string) => {
    const found = touched.has("all") || touched.has(field) ? problems.find((one) => one.field === field) : undefined;
    return found ? say(found.message) : null;
  };
  const save = () => {
    setTouched(new Set(["all"]));
    if (problems.length === 0) keep.mutate(asked, { onSuccess: onSaved });
  };
  const field = (name: string, label: string, input: ReactNode) => <Field name={name} label={label} problem={problemOf(name)} input={input} />;
  return (
    <Form layout="vertical" onFinish={save} data-testid="own-form">
      {field("code", t("performance.own.code"), <Input id="own-code" value={metric.code} disabled={edited !== null} onChange={(event) => set("code", { code: event.target.value.trim() })} />)}
      {field(
        "formula",
        t("performance.library.formula"),
        <Input.TextArea id="own-formula" value={metric.formula} autoSize={{ minRows: 2, maxRows: 6 }} onChange={(event) => set("formula", { formula: event.target.value })} className="figure" />,
      )}
      <Names metrics={metrics} self={metric.code} onChoose={(name) => set("formula", { formula: `${metric.formula} ${name}`.trim() })} />
      <div className="own-fields">
        {field("unit", t("performance.own.unit"), <Select id="own-unit" value={metric.unit} onChange={(unit) => set("unit", { unit })} options={UNITS.map((value) => ({ value, label: t(`performance.own.units.${value}`) }))} />)}
        {field("decimals", t("performance.own.decimals"), <InputNumber id="own-decimals" min={0} max={MAX_DECIMALS} precision={0} value={metric.decimals} onChange={(decimals) => set("decimals", { decimals: decimals ?? 0 })} />)}
        {field("direction", t("performance.own.direction"), <Select id="own-direction" value={metric.direction} onChange={(direction) => set("direction", { direction })} options={DIRECTIONS.map((value) => ({ value, label: t(`performance.own.directions.${value}`) }))} />)}
        {field(
          "event_date",
          t("performance.own.eventDate"),
          <Select
            id="own-event_date"
            data-testid="own-event_date"
            value={metric.event_date ?? NONE}
            onChange={(day) => set("event_date", { event_date: day === NONE ? null : day })}
            options={[{ value: NONE, label: t("performance.own.eachOwnDate") }, ...EVENT_DATES.map((value) => ({ value: value as string, label: term("event_date", value) }))]}
          />,
        )}
      </div>
      {TEXTS.map((name) => (
        <fieldset key={name} className="own-texts">
          <legend>{t(`performance.own.${name}`)}</legend>
          {LANGUAGES.map((one) => (
            <Input.TextArea
              key={one}
              id={`own-${name}-${one}`}
              aria-label={`${t(`performance.own.${name}`)} (${t(`performance.own.in.${one}`)})`}
              placeholder={t(`performance.own.in.${one}`)}
              value={metric[name][one]}
              autoSize={{ minRows: 1, maxRows: 4 }}
              onChange={(event) => set(name, { [name]: { ...metric[name], [one]: event.target.value } })}
            />
          ))}
          <Problem field={name} text={problemOf(name)} />
        </fieldset>
      ))}
      {checked.data?.metric && <Definition metric={checked.data.metric} />}
      {checked.error && <ErrorState error={checked.error} />}
      {keep.error && <ErrorState error={keep.error} />}
      <div className="own-buttons">
        <Button type="primary" htmlType="submit" loading={keep.isPending} disabled={checked.data === undefined} data-testid="own-save">
          {t("common.save")}
        </Button>
        <Button onClick={onCancel}>{t("common.cancel")}</Button>
        {onRemove && (
          <Button danger icon={<Trash2 size={15} aria-hidden />} onClick={onRemove} data-testid="own-remove">
            {t("performance.own.remove")}
          </Button>
        )}
      </div>
    </Form>
  );
}

function Field({ name, label, problem, input }: { name: string; label: string; problem: string | null; input: ReactNode }) {
  return (
    <Form.Item label={label} htmlFor={`own-${name}`} {...(problem !== null && { validateStatus: "error" as const })} help={<Problem field={name} text={problem} />}>
      {input}
    </Form.Item>
  );
}

function Problem({ field, text }: { field: string; text: string | null }) {
  return text === null ? null : (
    <span role="alert" className="kpi-field-error" data-testid={`own-problem-${field}`}>
      {text}
    </span>
  );
}

/** Everything that may stand in a formula. */
function Names({ metrics, self, onChoose }: { metrics: readonly MetricInfo[]; self: string; onChoose: (name: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const options = useMemo(() => {
    const measures = new Map(metrics.flatMap((one) => one.measures).map((one) => [one.code, both(one.words, language)]));
    const named = metrics.filter(({ code, problem }) => problem === null && code !== self && !measures.has(code)).map((one) => [one.code, both(one.name, language)] as const);
    return [...measures, ...named].map(([value, label]) => ({ value, label: `${value} · ${label}` }));
  }, [metrics, self, language]);
  return (
    <Form.Item label={t("performance.own.insert")} htmlFor="own-insert">
      <Select id="own-insert" showSearch={{ optionFilterProp: "label" }} value={null} onChange={(name: string | null) => name && onChoose(name)} options={options} data-testid="own-insert" />
    </Form.Item>
  );
}

function startOf(edited: MetricInfo | null): OwnMetric {
  const empty = { zh: "", en: "" };
  if (!edited) return { code: "", formula: "", unit: "number", direction: "higher", decimals: 2, event_date: null, name: empty, definition: empty, source: empty };
  const { code, formula, unit, direction, decimals, own_event_date: day, name, definition, source } = edited;
  return { code, formula, unit, direction, decimals, event_date: day, name, definition, source };
}
