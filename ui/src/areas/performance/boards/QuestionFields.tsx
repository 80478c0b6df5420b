/** What a chart asks: form, metric, split, grain, comparison, filter, number of rows. Only what its form can draw is offered. */
import type { TFunction } from "i18next";
import { InputNumber, Select } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Comparison, Form, Grain, MetricBy, MetricInfo, ViewQuestion } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { parsePeriod } from "../../../components/period";
import { useScope } from "../../../components/scope";
import { useLanguage, type Language } from "../../../i18n";
import { useSay, useTerm } from "../../../i18n/say";
import { labelOf } from "../metrics/metrics";
import { both } from "../../../i18n/both";
import { fitted, FORMS, grainsOf, looksAhead, MAX_LIMIT, misfits, RULES, SPLITS, type Misfits } from "./questions";

interface Props {
  /** Only these forms; all where none are named. */
  forms?: readonly Form[];
  question: ViewQuestion;
  onChange: (question: ViewQuestion) => void;
  metrics: readonly MetricInfo[];
  /** Begins the ids of the fields: they may stand twice on a page. */
  prefix: string;
}

export function QuestionFields({ forms = FORMS, question, onChange, metrics, prefix }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = useTerm();
  const rules = RULES[question.form];
  const [told, setTold] = useState<{ of: ViewQuestion; changes: Misfits } | null>(null);
  const set = (change: Partial<ViewQuestion>) => {
    const wanted = { ...question, ...change };
    const next = fitted(wanted, metrics);
    setTold({ of: next, changes: misfits(wanted, next) });
    onChange(next);
  };
  // What was said of another question is not said of this one.
  const changes = told !== null && JSON.stringify(told.of) === JSON.stringify(question) ? told.changes : [];
  return (
    <>
      <Choice
        id={`${prefix}-form`}
        label={t("performance.board.form")}
        value={question.form}
        values={forms.includes(question.form) ? forms : [question.form, ...forms]}
        word={(form: Form) => term("board_form", form)}
        onChange={(form) => form && set({ form })}
      />
      <Field id={`${prefix}-metric`} label={t("performance.kpi.metric")}>
        <Select
          id={`${prefix}-metric`}
          data-testid={`${prefix}-metric`}
          showSearch={{ optionFilterProp: "label" }}
          popupMatchSelectWidth={320}
          value={question.metric}
          onChange={(metric) => set({ metric })}
          options={metrics.filter((one) => one.problem === null && rules.takes(one)).map((one) => ({ value: one.code, label: both(one.name, language) }))}
        />
      </Field>
      {rules.by !== "none" && (
        <Choice
          id={`${prefix}-by`}
          label={t("performance.library.by")}
          value={question.by}
          values={SPLITS}
          none={rules.by === "may"}
          word={(by: MetricBy | "none") => t(`performance.library.bys.${by}`)}
          onChange={(by) => set(rules.oneOf && by ? { by, grain: null } : { by })}
        />
      )}
      {rules.grain !== "none" && (
        <Choice
          id={`${prefix}-grain`}
          label={t("performance.library.grain")}
          value={question.grain}
          values={grainsOf(question, metrics)}
          none={rules.grain === "may"}
          word={(grain: Grain | "none") => t(`performance.library.grains.${grain}`)}
          onChange={(grain) => set(rules.oneOf && grain ? { grain, by: null } : { grain })}
        />
      )}
      {rules.compare.length > 0 && (
        <Choice
          id={`${prefix}-compare`}
          label={t("performance.library.compare")}
          value={question.compare}
          values={rules.compare}
          none={!rules.first.compare}
          word={(compare: Comparison | "none") => t(`performance.library.compares.${compare}`)}
          onChange={(compare) => set({ compare })}
        />
      )}
      {rules.limit && (
        <Field id={`${prefix}-limit`} label={t("performance.board.limit")}>
          <InputNumber
            id={`${prefix}-limit`}
            min={1}
            max={MAX_LIMIT}
            precision={0}
            value={question.limit}
            placeholder={t("performance.board.noLimit")}
            onChange={(limit) => set({ limit })}
          />
        </Field>
      )}
      {rules.filter && !looksAhead(question, metrics) && <FilterFields question={question} onChange={set} prefix={prefix} />}
      {changes.length > 0 && (
        <p role="status" className="quiet kpi-fitted" data-testid={`${prefix}-fitted`}>
          {t("performance.board.fitted", {
            form: term("board_form", question.form),
            changes: changes.map((change) => changeInWords(change, question, metrics, t, language)).join(t("performance.board.comma")),
          })}
        </p>
      )}
    </>
  );
}

/** One thing of a question that its form has changed, and what it is now. */
function changeInWords(change: Misfits[number], { metric, by, grain, compare }: ViewQuestion, metrics: readonly MetricInfo[], t: TFunction, language: Language): string {
  const found = metrics.find(({ code }) => code === metric);
  const now: Record<Misfits[number], string> = {
    metric: found ? both(found.name, language) : metric,
    by: t(`performance.library.bys.${by ?? "none"}`),
    grain: t(`performance.library.grains.${grain ?? "none"}`),
    compare: t(`performance.library.compares.${compare ?? "none"}`),
    filter: t("performance.board.noFilter"),
    limit: t("performance.board.noLimit"),
  };
  const names: Record<Misfits[number], string> = {
    metric: t("performance.kpi.metric"),
    by: t("performance.library.by"),
    grain: t("performance.library.grain"),
    compare: t("performance.library.compare"),
    filter: t("performance.board.filter"),
    limit: t("performance.board.limit"),
  };
  return t("performance.board.fittedTo", { name: names[change], value: now[change] });
}

/** Longer lists of parts are drawn as far as they are seen. */
const MOST_IN_FULL = 500;

/** One part of one split: only this customer type, only this team. */
function FilterFields({ question, onChange, prefix }: { question: ViewQuestion; onChange: (change: Partial<ViewQuestion>) => void; prefix: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const { unit, period: key } = useScope();
  const { filter } = question;
  const period = parsePeriod(key);
  // A split alone filters nothing yet.
  const [chosen, setChosen] = useState<MetricBy | null>(null);
  const by = filter?.by ?? chosen;
  const parts = useRead(
    "get_metric",
    { metric: question.metric, by, grain: null, compare: null, unit, from: period?.start ?? "", to: period?.end ?? "" },
    { enabled: by !== null && period !== null },
  );
  const known = (parts.data?.rows ?? []).map((row) => ({ value: row.key, label: row.key === "" ? t("performance.noType") : labelOf(row, t, language) }));
  // What a saved question names may have no facts in this period: it is kept all the same.
  const options = filter && !known.some(({ value }) => value === filter.key) ? [{ value: filter.key, label: filter.key }, ...known] : known;
  return (
    <>
      <Choice
        id={`${prefix}-filter`}
        label={t("performance.board.filter")}
        value={by}
        values={SPLITS}
        none
        word={(one: MetricBy | "none") => (one === "none" ? t("performance.board.noFilter") : t(`performance.library.bys.${one}`))}
        onChange={(next) => {
          setChosen(next);
          onChange({ filter: null });
        }}
      />
      {by && (
        <Field id={`${prefix}-filter-key`} label={t("performance.board.filterKey")}>
          <Select
            id={`${prefix}-filter-key`}
            data-testid={`${prefix}-filter-key`}
            showSearch={{ optionFilterProp: "label" }}
            value={filter?.key ?? null}
            placeholder={t("performance.board.filterChoose")}
            onChange={(value) => onChange({ filter: value === null ? null : { by, key: value } })}
            virtual={options.length > MOST_IN_FULL}
            options={options}
            loading={parts.isLoading}
            {...(parts.error && { status: "error" as const })}
          />
          {parts.error && (
            <span role="alert" className="kpi-field-error" data-testid={`${prefix}-filter-failed`}>
              {say(parts.error)}
            </span>
          )}
        </Field>
      )}
    </>
  );
}

function Field({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <span className="kpi-field">
      <label htmlFor={id}>{label}</label>
      {children}
    </span>
  );
}

interface ChoiceProps<T extends string> {
  id: string;
  label: string;
  value: T | null;
  values: readonly T[];
  /** None may be chosen too. */
  none?: boolean;
  word: (value: never) => string;
  onChange: (value: T | null) => void;
}

export function Choice<T extends string>({ id, label, value, values, none = false, word, onChange }: ChoiceProps<T>) {
  const all: readonly (T | "none")[] = none ? ["none", ...values] : values;
  return (
    <Field id={id} label={label}>
      <Select
        id={id}
        data-testid={id}
        value={value ?? (none ? "none" : null)}
        onChange={(next) => onChange(next === "none" ? null : (next as T | null))}
        options={all.map((one) => ({ value: one, label: word(one as never) }))}
      />
    </Field>
  );
}
