/** Which plans, which years, which budget. The choice lives in the address. */
import { Button, Form, Input, Select } from "antd";
import { FlaskConical } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";

import type { SimulateBonus } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { currencySymbol, parseTyped, signOf } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useDraft } from "../../../components/useDraft";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";
import { readPlan, type Plan } from "../plan/document";
import { writePlan } from "../plan/fields";

/** The plan in force alone: what it costs, beside nothing. */
const IN_FORCE = "in_force";
/** The plan that the editor came from, as it is kept. */
const KEPT = "kept";
const DRAFT = "draft";
const NONE = "none";

interface Props {
  /** Newest first. */
  years: readonly string[];
  busy: boolean;
  onAsk: (args: SimulateBonus) => void;
}

export function Question({ years, busy, onAsk }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { choices, documentOf } = usePlans();
  const currency = useRead("get_status", {}).data?.currency ?? "CNY";
  const [askedPlan, setPlan] = useSearchParam("plan");
  const [askedBeside, setBeside] = useSearchParam("beside");
  const [askedFrom, setFrom] = useSearchParam("from");
  const [askedTo, setTo] = useSearchParam("to");
  const [budget, setBudget] = useSearchParam("budget");
  const [wrong, setWrong] = useState(false);
  const [unchosen, setUnchosen] = useState(false);
  const known = (asked: string | null) => choices.some(({ value }) => value === asked);
  // Nothing is chosen for anybody: the plan in force beside itself would say nothing.
  const plan = askedPlan !== null && known(askedPlan) ? askedPlan : null;
  const beside = askedBeside !== null && known(askedBeside) ? askedBeside : NONE;
  // The newest year may have goals only: the one before has sales.
  const usual = years[1] ?? years[0] ?? "";
  const yearOf = (asked: string | null) => (asked !== null && years.includes(asked) ? asked : usual);
  const [from, to] = [yearOf(askedFrom), yearOf(askedTo)];
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const typed = budget?.trim() ? parseTyped(budget) : null;
    const good = !budget?.trim() || (typed !== null && signOf(typed) > 0);
    setWrong(!good);
    setUnchosen(plan === null);
    if (!good || plan === null) return;
    const plans = [documentOf(plan), ...(beside === NONE ? [] : [documentOf(beside)])];
    const [first, last] = from <= to ? [from, to] : [to, from];
    onAsk({ plans, from: first, to: last, budget: typed });
  };
  const yearOptions = years.map((year) => ({ value: year, label: periodLabel(year, t, language) }));
  return (
    <form className="what-if-form section" onSubmit={ask}>
      <Choice
        id="what-if-plan"
        label={t("bonusIf.whatIf.plan")}
        value={plan}
        options={choices}
        onChange={(value) => setPlan(value, true)}
        placeholder={t("bonusIf.whatIf.choose")}
        wrong={unchosen && plan === null ? t("bonusIf.whatIf.choosePlan") : null}
      />
      <Choice
        id="what-if-beside"
        label={t("bonusIf.whatIf.beside")}
        value={beside}
        options={[{ value: NONE, label: t("bonusIf.whatIf.none") }, ...choices]}
        onChange={(value) => setBeside(value === NONE ? null : value, true)}
      />
      <Choice id="what-if-from" label={t("bonusIf.whatIf.from")} value={from} options={yearOptions} onChange={(value) => setFrom(value, true)} />
      <Choice id="what-if-to" label={t("bonusIf.whatIf.to")} value={to} options={yearOptions} onChange={(value) => setTo(value, true)} />
      <Form.Item
        label={t("bonusIf.whatIf.budget", { symbol: currencySymbol(currency).trim() })}
        htmlFor="what-if-budget"
        layout="vertical"
        validateStatus={wrong ? "error" : ""}
        help={wrong ? t("bonusIf.whatIf.budgetWrong") : undefined}
      >
        <Input
          id="what-if-budget"
          inputMode="decimal"
          value={budget ?? ""}
          onChange={(event) => setBudget(event.target.value || null, true)}
          data-testid="what-if-budget"
        />
      </Form.Item>
      <Button type="primary" htmlType="submit" icon={<FlaskConical size={15} />} loading={busy} data-testid="what-if-run">
        {t("bonusIf.whatIf.run")}
      </Button>
    </form>
  );
}

interface Option {
  value: string;
  label: string;
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string | null;
  options: readonly Option[];
  onChange: (value: string) => void;
  placeholder?: string;
  wrong?: string | null;
}

function Choice({ id, label, value, options, onChange, placeholder, wrong = null }: ChoiceProps) {
  return (
    <Form.Item label={label} htmlFor={id} layout="vertical" {...(wrong !== null && { validateStatus: "error", help: wrong })}>
      <Select id={id} value={value} options={[...options]} onChange={onChange} placeholder={placeholder} popupMatchSelectWidth={false} data-testid={id} />
    </Form.Item>
  );
}

/** The plan that is being edited, as it is and as it is kept, the templates, and the plan in force alone, whose document is empty. */
function usePlans() {
  const { t } = useTranslation();
  const language = useLanguage();
  const templates = useRead("list_bonus_templates", {}).data ?? [];
  // Whose draft it is, as the editor of that plan leads here.
  const [of] = useSearchParam("of");
  const [draft] = useDraft<{ plan: Plan }>(`bonus_plan ${of ?? ""}`);
  const kept = useRead("get_bonus_plan", of === null ? {} : { plan: of }).data;
  const keptPlan = of !== null && kept ? readPlan(kept.plan) : null;
  const choices: Option[] = [
    ...(draft ? [{ value: DRAFT, label: t("bonusIf.whatIf.draft") }] : []),
    ...(keptPlan ? [{ value: KEPT, label: t("bonusIf.whatIf.kept", { plan: both(keptPlan.name, language) || keptPlan.code }) }] : []),
    ...templates.map((one) => ({ value: one.code, label: language === "en" ? one.name_en : one.name_zh })),
    { value: IN_FORCE, label: t("bonusIf.whatIf.inForceAlone") },
  ];
  const documentOf = (choice: string): string => {
    if (choice === DRAFT && draft) return writePlan(draft.plan);
    if (choice === KEPT && keptPlan) return writePlan(keptPlan);
    return templates.find(({ code }) => code === choice)?.plan ?? "";
  };
  return { choices, documentOf };
}
