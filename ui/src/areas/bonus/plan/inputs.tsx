/** Fields of the plan's form: a text, percentage or amount at a place of the plan, and choices with the reasons against them. */
import { Input, Select } from "antd";
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { currencySymbol } from "../../../components/format";
import { useSay, type Sayable } from "../../../i18n/say";
import type { FieldKind } from "./fields";
import { idOf, useShared } from "./shared";

interface LabelledProps {
  path: string;
  label: string;
  help?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A field with its name above and its help below. */
export function Labelled({ path, label, help, wide, children }: LabelledProps) {
  return (
    <div className={wide ? "plan-field plan-field-wide" : "plan-field"}>
      <label htmlFor={idOf(path)}>{label}</label>
      {children}
      {help && <p className="quiet plan-help">{help}</p>}
    </div>
  );
}

interface TextProps {
  path: string;
  /** Above the field; in a table or row said to a screen reader only (`bare`). */
  label: string;
  value: string;
  onChange: (text: string) => void;
  kind?: FieldKind | "expression" | undefined;
  bare?: boolean;
  wide?: boolean;
  help?: ReactNode;
  placeholder?: string | undefined;
  testId?: string;
}

export function TextField(props: TextProps) {
  const { path, label, bare, wide, help } = props;
  if (bare) return <TextInput {...props} />;
  return (
    <Labelled path={path} label={label} help={help} wide={wide ?? props.kind === "expression"}>
      <TextInput {...props} />
    </Labelled>
  );
}

function TextInput({ path, label, value, onChange, kind = "text", bare, placeholder, testId }: TextProps) {
  const { t } = useTranslation();
  const { errors, currency } = useShared();
  const wrong = errors.get(path);
  const percent = kind === "percent" && !value.includes("/");
  const figure = kind !== "text" && kind !== "expression";
  const write = useStable((typed: string) => onChange(percent ? withSign(typed) : typed));
  // The same element for the same field: of a long form only what changes is drawn anew.
  const input = useMemo(
    () => (
      <Input
        id={idOf(path)}
        className={figure ? "figure plan-figure" : kind === "expression" ? "plan-expression" : undefined}
        autoComplete="off"
        spellCheck={false}
        {...(figure && { inputMode: "decimal" as const })}
        {...(percent && { suffix: <span>{value === "" ? "" : "%"}</span> })}
        {...(kind === "amount" && { prefix: <span className="quiet">{currencySymbol(currency).trim()}</span> })}
        {...(bare && { "aria-label": label })}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong ? `${idOf(path)}-wrong` : undefined}
        status={wrong ? "error" : ""}
        placeholder={placeholder ?? ""}
        value={percent ? value.replace(/%$/, "") : value}
        onChange={(event) => write(event.target.value)}
        data-testid={testId}
      />
    ),
    [path, label, value, write, kind, percent, figure, bare, wrong, placeholder, currency, testId],
  );
  return (
    <>
      {input}
      {wrong && (
        <span className="field-error" role="alert" id={`${idOf(path)}-wrong`}>
          {t(`bonus.plan.error.${wrong}`)}
        </span>
      )}
    </>
  );
}

/** Percentages stand in the document with their sign; a fraction and nothing have none. */
function withSign(typed: string): string {
  const plain = typed.replace(/\s*[%％]$/, "");
  return plain === "" || plain.includes("/") ? plain : `${plain}%`;
}

interface ChoiceProps<T extends string> {
  path: string;
  label: string;
  value: T;
  options: readonly T[];
  word: (option: T) => string;
  /** Why an option cannot be chosen here. */
  why?: (option: T) => Sayable | null;
  onChange: (value: T) => void;
  bare?: boolean;
  help?: ReactNode;
  testId?: string;
}

interface Option<T> {
  value: T;
  label: string;
  reason: string | null;
}

/** One of a few. What does not go together with the rest is in the list as well, with the reason why not. */
export function Choice<T extends string>({ path, label, value, options, word, why, onChange, bare, help, testId }: ChoiceProps<T>) {
  const say = useSay();
  const pick = useStable(onChange);
  const key = JSON.stringify(
    options.map((option): Option<T> => {
      const reason = why?.(option);
      return { value: option, label: word(option), reason: reason ? say(reason) : null };
    }),
  );
  // The same element for the same choice, as for the fields above.
  const select = useMemo(() => {
    const list = JSON.parse(key) as Option<T>[];
    return (
      <Select<T, Option<T> & { disabled: boolean }>
        id={idOf(path)}
        {...(bare && { "aria-label": label })}
        value={value}
        popupMatchSelectWidth={false}
        onChange={pick}
        options={list.map((one) => ({ ...one, disabled: one.reason !== null && one.value !== value }))}
        optionRender={({ data }) => withReason(data)}
        data-testid={testId}
      />
    );
  }, [key, path, label, value, pick, bare, testId]);
  return bare ? select : <Labelled path={path} label={label} help={help}>{select}</Labelled>;
}

/** An option in the list: its name, and below it why it cannot be chosen. */
function withReason({ label, reason }: Option<string>): ReactNode {
  return reason === null ? label : <>{label}<span className="plan-reason">{reason}</span></>;
}

/** One function for the life of the part, which does what the newest one does. */
function useStable<A extends unknown[]>(call: (...args: A) => void): (...args: A) => void {
  const newest = useRef(call);
  useEffect(() => {
    newest.current = call;
  });
  return useCallback((...args: A) => newest.current(...args), []);
}
