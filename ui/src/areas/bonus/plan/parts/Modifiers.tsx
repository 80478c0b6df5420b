/** Factors on the result that depend on a number, by steps. */
import { Button } from "antd";
import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { Modifier, ModifierStep } from "../document";
import { withAt, withoutAt } from "../edit";
import { TextField } from "../inputs";
import { Part, type PartProps } from "./Part";

export function Modifiers({ component, path, problems, onChange }: PartProps) {
  const { t } = useTranslation();
  const modifiers = component.modifiers ?? [];
  const change = (next: Modifier[]) => onChange({ ...component, modifiers: next });
  return (
    <Part
      name="modifiers"
      title={t("bonus.plan.modifiers.title")}
      context={modifiers.length === 0 ? t("bonus.plan.modifiers.none") : t(component.pool ? "bonus.plan.namesOfPool" : "bonus.plan.names")}
      problems={problems}
      actions={
        <Button type="dashed" size="small" icon={<Plus size={14} />} onClick={() => change([...modifiers, { value: "", steps: [{ factor: "100%" }] }])} data-testid="plan-add-modifier">
          {t("bonus.plan.modifiers.add")}
        </Button>
      }
    >
      {modifiers.map((modifier, at) => (
        // A factor has no identity besides its place.
        // oxlint-disable-next-line react/no-array-index-key
        <One key={at} modifier={modifier} path={`${path}.modifiers.${at}`} number={at + 1} onChange={(next) => change(withAt(modifiers, at, next))} onRemove={() => change(withoutAt(modifiers, at))} />
      ))}
    </Part>
  );
}

function One({ modifier, path, number, onChange, onRemove }: { modifier: Modifier; path: string; number: number; onChange: (modifier: Modifier) => void; onRemove: () => void }) {
  const { t } = useTranslation();
  const of = t("bonus.plan.modifiers.of", { number });
  const { steps } = modifier;
  const change = (next: ModifierStep[]) => onChange({ ...modifier, steps: next });
  return (
    <div className="plan-modifier">
      <div className="plan-gate">
        <TextField path={`${path}.value`} label={t("bonus.plan.fieldOf", { field: t("bonus.plan.modifiers.value"), of })} kind="expression" placeholder="attainment" value={modifier.value} onChange={(value) => onChange({ ...modifier, value })} testId={`modifier-${number - 1}-value`} />
        <Button type="text" size="small" icon={<Trash2 size={14} />} aria-label={t("bonus.plan.removeOf", { of })} onClick={onRemove} />
      </div>
      <table className="tiers plan-steps" aria-label={t("bonus.plan.modifiers.steps")}>
        <thead>
          <tr>
            <th scope="col">{t("bonus.plan.modifiers.from")}</th>
            <th scope="col">{t("bonus.plan.modifiers.factor")}</th>
            <th scope="col"><span className="sr-only">{t("bonus.plan.remove")}</span></th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, at) => {
            const row = `${of}, ${t("bonus.plan.modifiers.step", { number: at + 1 })}`;
            return (
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at}>
                <td>
                  <TextField bare path={`${path}.steps.${at}.from`} label={t("bonus.plan.fieldOf", { field: t("bonus.plan.modifiers.from"), of: row })} kind="number" placeholder={at === 0 ? t("bonus.plan.modifiers.start") : undefined} value={step.from ?? ""} onChange={(from) => change(withAt(steps, at, { ...step, from: from === "" ? undefined : from }))} />
                </td>
                <td>
                  <TextField bare path={`${path}.steps.${at}.factor`} label={t("bonus.plan.fieldOf", { field: t("bonus.plan.modifiers.factor"), of: row })} kind="percent" value={step.factor} onChange={(factor) => change(withAt(steps, at, { ...step, factor }))} />
                </td>
                <td>
                  <Button type="text" size="small" icon={<Trash2 size={14} />} aria-label={t("bonus.plan.removeOf", { of: row })} onClick={() => change(withoutAt(steps, at))} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Button type="dashed" size="small" icon={<Plus size={14} />} onClick={() => change([...steps, { factor: "100%" }])}>
        {t("bonus.plan.modifiers.addStep")}
      </Button>
    </div>
  );
}
