/** Conditions that have to hold for the whole result. */
import { Button } from "antd";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Gate } from "../document";
import { withAt, withoutAt } from "../edit";
import { TextField } from "../inputs";
import { Part, type PartProps } from "./Part";

export function Gates({ component, path, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const gates = component.gates ?? [];
  const change = (next: Gate[]) => onChange({ ...component, gates: next });
  return (
    <Part
      name="gates"
      title={t("bonus.plan.gates.title")}
      context={gates.length === 0 ? t("bonus.plan.gates.none") : t(component.pool ? "bonus.plan.namesOfPool" : "bonus.plan.names")}
      problems={problems}
      actions={
        <Button type="dashed" size="small" icon={<Plus size={14} />} onClick={() => change([...gates, { when: "" }])} data-testid="plan-add-gate">
          {t("bonus.plan.gates.add")}
        </Button>
      }
    >
      {gates.map((gate, at) => {
        const of = t("bonus.plan.gates.of", { number: at + 1 });
        return (
          // A gate has no identity besides its place.
          // oxlint-disable-next-line react/no-array-index-key
          <div className="plan-gate" key={at}>
            <TextField path={`${path}.gates.${at}.when`} label={t("bonus.plan.fieldOf", { field: t("bonus.plan.gates.when"), of })} kind="expression" placeholder="attainment >= 80%" value={gate.when} onChange={(when) => change(withAt(gates, at, { ...gate, when }))} testId={`gate-${at}-when`} />
            <TextField path={`${path}.gates.${at}.otherwise`} label={t("bonus.plan.gates.otherwise")} kind="percent" placeholder="0%" value={gate.otherwise ?? ""} onChange={(otherwise) => change(withAt(gates, at, { ...gate, otherwise: otherwise === "" ? undefined : otherwise }))} testId={`gate-${at}-otherwise`} />
            <Button type="text" size="small" icon={<Trash2 size={14} />} aria-label={t("bonus.plan.removeOf", { of })} onClick={() => change(withoutAt(gates, at))} />
          </div>
        );
      })}
    </Part>
  );
}
