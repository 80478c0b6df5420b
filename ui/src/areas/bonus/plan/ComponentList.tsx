/** The components in the order of the statement: open one, move it, take it away, add one. */
import { App, Button } from "antd";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { PlanProblem } from "../../../backend/generated";
import { useLanguage, type Language } from "../../../i18n";
import { both } from "../../../i18n/both";
import { SEPARATORS } from "../../../i18n/say";
import { measureOf } from "./document";
import type { Component, Plan } from "./document";
import { addComponent, movedBy, withoutAt } from "./edit";
import { ofComponent, worst } from "./places";
import { ProblemMark } from "./Problems";

/** As the program has it. */
const MAX_COMPONENTS = 20;

interface Props {
  plan: Plan;
  open: number;
  problems: readonly PlanProblem[];
  mayEdit: boolean;
  onOpen: (at: number) => void;
  onChange: (plan: Plan) => void;
}

export function ComponentList({ plan, open, problems, mayEdit, onOpen, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { modal } = App.useApp();
  const language = useLanguage();
  const { components } = plan;
  const move = (at: number, by: number) => {
    onChange({ ...plan, components: movedBy(components, at, by) });
    if (open === at) onOpen(at + by);
    else if (open === at + by) onOpen(at);
  };
  const remove = (at: number) => {
    const name = both(components[at]?.name ?? { zh: "", en: "" }, language);
    void modal.confirm({
      title: t("bonus.plan.components.removeTitle", { name }),
      content: t("bonus.plan.components.removeText"),
      okText: t("bonus.plan.remove"),
      cancelText: t("common.cancel"),
      onOk: () => {
        onChange({ ...plan, components: withoutAt(components, at) });
        if (open >= at) onOpen(Math.max(0, open - 1));
      },
    });
  };
  const add = () => {
    const number = components.length + 1;
    const named = (tongue: Language) => i18n.getFixedT(tongue)("bonus.plan.components.new", { number });
    onChange(addComponent(plan, { zh: named("zh-CN"), en: named("en") }));
    onOpen(components.length);
  };
  return (
    <>
      <ol className="plan-components" aria-label={t("bonus.plan.components.title")} data-testid="plan-components">
        {components.map((component, at) => {
          const name = both(component.name, language) || component.code;
          return (
            // Codes may repeat while they are typed.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at} className={at === open ? "plan-component plan-component-open" : "plan-component"}>
              <button type="button" className="plan-component-name" aria-current={at === open} onClick={() => onOpen(at)} data-testid={`component-${at}`}>
                <strong>{name}</strong>
                <Summary component={component} />
              </button>
              <Worst problems={ofComponent(problems, component.code)} />
              {mayEdit && (
                <span className="plan-component-acts">
                  <Button type="text" size="small" icon={<ArrowUp size={14} />} disabled={at === 0} aria-label={t("bonus.plan.components.up", { name })} onClick={() => move(at, -1)} data-testid={`component-${at}-up`} />
                  <Button type="text" size="small" icon={<ArrowDown size={14} />} disabled={at === components.length - 1} aria-label={t("bonus.plan.components.down", { name })} onClick={() => move(at, 1)} data-testid={`component-${at}-down`} />
                  <Button type="text" size="small" icon={<Trash2 size={14} />} disabled={components.length === 1} aria-label={t("bonus.plan.removeOf", { of: name })} onClick={() => remove(at)} data-testid={`component-${at}-remove`} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {mayEdit && (
        <Button type="dashed" size="small" icon={<Plus size={14} />} disabled={components.length >= MAX_COMPONENTS} onClick={add} data-testid="plan-add-component">
          {t("bonus.plan.components.add")}
        </Button>
      )}
    </>
  );
}

/** What it is paid on, in a few words. */
function Summary({ component }: { component: Component }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const measure = measureOf(component);
  const parts = [
    t(`bonus.plan.measure.kinds.${measure.kind}`),
    measure.kind === "facts" && t(`bonus.plan.measure.values.${measure.value ?? "amount"}`),
    measure.kind === "facts" && t(`bonus.plan.measure.overs.${measure.over ?? "period"}`),
    component.pool && t("bonus.plan.pool.title"),
  ];
  return <span className="quiet">{parts.filter(Boolean).join(SEPARATORS[language])}</span>;
}

function Worst({ problems }: { problems: readonly PlanProblem[] }) {
  const severity = worst(problems);
  if (severity === null || severity === "hint") return null;
  return (
    <span className={`problem-badge problem-${severity}`}>
      <ProblemMark severity={severity} />
    </span>
  );
}
