/** The number that a component looks at. */
import { useTranslation } from "react-i18next";

import { MEASURES, measureOf, OVERS, ownGoal, VALUES } from "../document";
import type { Component, FactsMeasure } from "../document";
import { withMeasure } from "../edit";
import { Choice, TextField } from "../inputs";
import { KpiChoice } from "../KpiChoice";
import { Part, type PartProps } from "./Part";
import { Scorecard } from "./Scorecard";

interface Props extends PartProps {
  /** All of the plan: earnings are of another one. */
  components: readonly Component[];
}

export function Measuring({ component, components, path, problems, onChange }: Props) {
  const { t } = useTranslation();
  const measure = measureOf(component);
  const at = `${path}.measure`;
  return (
    <Part name="measure" title={t("bonus.plan.measure.title")} problems={problems}>
      <div className="plan-fields">
        <Choice path={`${at}.kind`} label={t("bonus.plan.measure.kind")} value={measure.kind} options={MEASURES} word={(one) => t(`bonus.plan.measure.kinds.${one}`)} onChange={(kind) => onChange(withMeasure(component, kind))} testId="plan-measure" />
        {measure.kind === "facts" && <Facts measure={measure} path={at} onChange={(part) => onChange({ ...component, measure: { ...measure, ...part } })} />}
        {measure.kind === "kpi" && <KpiChoice path={`${at}.kpi`} label={t("bonus.plan.measure.kpi")} value={measure.kpi} onChange={(kpi) => onChange({ ...component, measure: { ...measure, kpi } })} />}
        {measure.kind === "earnings" && (
          <Earnings component={component} components={components} path={at} of={measure.of} onChange={(of) => onChange({ ...component, measure: { ...measure, of } })} />
        )}
        {"goal" in measure || measure.kind === "facts" || measure.kind === "kpi" || measure.kind === "earnings" ? (
          <TextField
            path={`${at}.goal`}
            label={t("bonus.plan.measure.goal")}
            help={t("bonus.plan.measure.goalHelp")}
            placeholder={ownGoal(component)}
            value={measure.goal ?? ""}
            onChange={(goal) => onChange({ ...component, measure: { ...measure, goal: goal === "" ? undefined : goal } })}
          />
        ) : null}
      </div>
      {measure.kind === "objectives" && <p className="quiet">{t("bonus.plan.measure.objectivesText")}</p>}
      {measure.kind === "scorecard" && <Scorecard path={`${at}.items`} items={measure.items} onChange={(items) => onChange({ ...component, measure: { ...measure, items } })} />}
    </Part>
  );
}

function Facts({ measure, path, onChange }: { measure: FactsMeasure; path: string; onChange: (part: Partial<FactsMeasure>) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Choice path={`${path}.value`} label={t("bonus.plan.measure.value")} value={measure.value ?? "amount"} options={VALUES} word={(one) => t(`bonus.plan.measure.values.${one}`)} onChange={(value) => onChange({ value })} testId="plan-value" />
      <Choice path={`${path}.over`} label={t("bonus.plan.measure.over")} value={measure.over ?? "period"} options={OVERS} word={(one) => t(`bonus.plan.measure.overs.${one}`)} onChange={(over) => onChange({ over })} testId="plan-over" />
    </>
  );
}

function Earnings(props: { component: Component; components: readonly Component[]; path: string; of: string; onChange: (of: string) => void }) {
  const { component, components, path, of, onChange } = props;
  const { t } = useTranslation();
  // What is paid on earnings itself is no basis.
  const codes = components.filter((one) => one.code !== component.code && measureOf(one).kind !== "earnings").map(({ code }) => code);
  return (
    <Choice
      path={`${path}.of`}
      label={t("bonus.plan.measure.of")}
      value={of}
      options={codes.includes(of) ? codes : [of, ...codes]}
      word={(one) => (one === "" ? t("bonus.plan.measure.chooseComponent") : one)}
      help={codes.length === 0 ? t("bonus.plan.measure.noComponent") : undefined}
      onChange={onChange}
    />
  );
}
