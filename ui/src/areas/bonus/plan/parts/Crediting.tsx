/** Which facts count, for whom, and by which day. */
import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";

import { useTerm } from "../../../../i18n/say";
import { EVENTS, measureOf, OVERLAYS, RATE_DATES, WHOSE } from "../document";
import type { Component, Credit } from "../document";
import { Choice, Labelled, TextField } from "../inputs";
import { idOf } from "../shared";
import { whyNotDealRate } from "../together";
import { Part, type PartProps } from "./Part";

/** What a condition over a fact may ask. */
const FACT_NAMES = "amount, margin, quantity, label, customer, customer_type, region, segment, product, category, source";

export function Crediting({ component, path, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const kind = measureOf(component).kind;
  const change = (part: Partial<Credit>) => onChange({ ...component, credit: { ...component.credit, ...part } });
  if (kind !== "facts") {
    return (
      <Part name="credit" title={t("bonus.plan.credit.title")} problems={problems}>
        <p className="quiet">{t(kind === "earnings" ? "bonus.plan.credit.ofEarnings" : "bonus.plan.credit.none")}</p>
        {kind === "earnings" && <div className="plan-fields"><Levels component={component} path={path} onChange={change} /></div>}
      </Part>
    );
  }
  return (
    <Part name="credit" title={t("bonus.plan.credit.title")} context={t("bonus.plan.credit.context")} problems={problems}>
      <Facts component={component} path={path} onChange={change} />
    </Part>
  );
}

interface Props {
  component: Component;
  path: string;
  onChange: (part: Partial<Credit>) => void;
}

function Facts({ component, path, onChange }: Props) {
  const { t } = useTranslation();
  const term = useTerm();
  const credit = component.credit ?? {};
  const [event, who] = [credit.event ?? "closing", credit.who ?? "owners"];
  return (
    <div className="plan-fields">
      <Choice path={`${path}.credit.event`} label={t("bonus.plan.credit.event")} value={event} options={EVENTS} word={(one) => term("plan_event", one)} onChange={(next) => onChange({ event: next, ...(next !== "receipt" && { rate_date: undefined }) })} testId="plan-event" />
      {event === "receipt" && (
        <Choice path={`${path}.credit.rate_date`} label={t("bonus.plan.credit.rateDate")} value={credit.rate_date ?? "receipt"} options={RATE_DATES} word={(one) => t(`bonus.plan.credit.rateDates.${one}`)} why={(one) => (one === "deal" ? whyNotDealRate(component) : null)} onChange={(rate_date) => onChange({ rate_date })} />
      )}
      <Choice path={`${path}.credit.who`} label={t("bonus.plan.credit.who")} value={who} options={WHOSE} word={(one) => t(`bonus.plan.credit.whose.${one}`)} onChange={(next) => onChange({ who: next, ...(next === "owners" && { levels: undefined }) })} testId="plan-who" />
      {who !== "owners" && <Levels component={component} path={path} onChange={onChange} />}
      <Choice path={`${path}.credit.overlays`} label={t("bonus.plan.credit.overlays")} value={credit.overlays ?? "exclude"} options={OVERLAYS} word={(one) => t(`bonus.plan.credit.overlay.${one}`)} onChange={(overlays) => onChange({ overlays })} />
      <TextField
        path={`${path}.credit.filter`}
        label={t("bonus.plan.credit.filter")}
        kind="expression"
        help={t("bonus.plan.credit.filterHelp", { names: FACT_NAMES })}
        placeholder={t("bonus.plan.credit.all")}
        value={credit.filter ?? ""}
        onChange={(filter) => onChange({ filter: filter === "" ? undefined : filter })}
        testId="plan-filter"
      />
    </div>
  );
}

function Levels({ component, path, onChange }: Props) {
  const { t } = useTranslation();
  const at = `${path}.credit.levels`;
  return (
    <Labelled path={at} label={t("bonus.plan.credit.levels")} help={t("bonus.plan.credit.levelsHelp")}>
      <InputNumber id={idOf(at)} min={1} max={99} precision={0} placeholder={t("bonus.plan.credit.allLevels")} value={component.credit?.levels ?? null} onChange={(levels) => onChange({ levels: levels ?? undefined })} />
    </Labelled>
  );
}
