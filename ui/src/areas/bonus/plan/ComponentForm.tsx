/** One component, in parts that read like the document. */
import { useTranslation } from "react-i18next";

import type { PlanProblem } from "../../../backend/generated";
import type { Plan } from "./document";
import { renameComponent, withAt } from "./edit";
import { TextField } from "./inputs";
import { Bounds, Days, Pool } from "./parts/Bounds";
import { Crediting } from "./parts/Crediting";
import { Gates } from "./parts/Gates";
import { Measuring } from "./parts/Measuring";
import { Modifiers } from "./parts/Modifiers";
import { Part } from "./parts/Part";
import { Rating } from "./parts/Rating";

interface Props {
  plan: Plan;
  at: number;
  /** Of this component. */
  problems: readonly PlanProblem[];
  onChange: (plan: Plan) => void;
}

export function ComponentForm({ plan, at, problems, onChange }: Props) {
  const { t } = useTranslation();
  const component = plan.components[at];
  if (!component) return null;
  const path = `components.${at}`;
  const change = (next: typeof component) => onChange({ ...plan, components: withAt(plan.components, at, next) });
  const part = { component, path, problems, onChange: change };
  return (
    <div className="plan-component-form" data-testid="plan-component">
      <Part name="head" title={t("bonus.plan.components.names")} problems={problems}>
        <div className="plan-fields plan-fields-3">
          <TextField path={`${path}.name.zh`} label={t("bonus.plan.nameZh")} value={component.name.zh} onChange={(zh) => change({ ...component, name: { ...component.name, zh } })} testId="component-zh" />
          <TextField path={`${path}.name.en`} label={t("bonus.plan.nameEn")} value={component.name.en} onChange={(en) => change({ ...component, name: { ...component.name, en } })} testId="component-en" />
          <TextField path={`${path}.code`} label={t("bonus.plan.components.code")} value={component.code} onChange={(code) => onChange(renameComponent(plan, at, code))} testId="component-code" />
        </div>
      </Part>
      <Crediting {...part} />
      <Measuring {...part} components={plan.components} />
      <Rating {...part} />
      <Gates {...part} />
      <Modifiers {...part} />
      <Bounds {...part} />
      <Days {...part} />
      <Pool {...part} />
    </div>
  );
}
