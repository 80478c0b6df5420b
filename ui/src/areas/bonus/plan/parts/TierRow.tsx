/** One tier as a row of the form, with its pay at the end and its problems under it. */
import { Button } from "antd";
import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { PlanProblem } from "../../../../backend/generated";
import { APPLIES, byOf } from "../document";
import type { Component, Tier } from "../document";
import { withAppliesTo, withTierPay } from "../edit";
import { Choice, TextField } from "../inputs";
import { PayFields } from "../PayFields";
import { Problems } from "../Problems";

interface Props {
  tier: Tier;
  index: number;
  path: string;
  component: Component;
  problems: readonly PlanProblem[];
  onChange: (tier: Tier) => void;
  onRemove: () => void;
}

export function TierRow({ tier, index, path, component, problems, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const number = index + 1;
  const of = t("bonus.plan.tierOf", { number });
  const applies = tier.applies_to ?? "whole";
  const kind = byOf(component) === "attainment" ? "percent" : "number";
  const bound = (field: "from" | "to", value: string, set: (text: string) => Tier) => (
    <td>
      <TextField bare path={`${path}.${field}`} label={t("bonus.plan.fieldOf", { field: t(`bonus.plan.${field}`), of })} kind={kind} placeholder={field === "to" ? t("bonus.plan.open") : undefined} value={value} onChange={(text) => onChange(set(text))} testId={`tier-${index}-${field}`} />
    </td>
  );
  return (
    <>
      <tr>
        <th scope="row">{number}</th>
        {bound("from", tier.from, (from) => ({ ...tier, from }))}
        {bound("to", tier.to ?? "", (to) => ({ ...tier, to: to === "" ? undefined : to }))}
        <td>
          <Choice bare path={`${path}.applies_to`} label={t("bonus.plan.fieldOf", { field: t("bonus.plan.appliesTo"), of })} value={applies} options={APPLIES} word={(one) => t(`bonus.plan.applies.${one}`)} onChange={(one) => onChange(withAppliesTo(tier, one))} testId={`tier-${index}-applies`} />
        </td>
        <td>
          <PayFields path={`${path}.pay`} of={of} pay={tier.pay} component={component} applies={applies} onChange={(pay) => onChange(withTierPay(tier, pay))} testId={`tier-${index}-pay`} />
        </td>
        <td>
          <Button type="text" size="small" icon={<Trash2 size={14} />} aria-label={t("bonus.plan.removeOf", { of })} onClick={onRemove} />
        </td>
      </tr>
      {tier.pay_to && (
        <tr className="tier-end">
          <td colSpan={4}>{t("bonus.plan.rate.payTo")}</td>
          <td colSpan={2}>
            <PayFields path={`${path}.pay_to`} of={`${of}, ${t("bonus.plan.rate.payTo")}`} pay={tier.pay_to} component={component} applies={applies} numberOnly={tier.pay.kind === tier.pay_to.kind} onChange={(pay_to) => onChange({ ...tier, pay_to })} testId={`tier-${index}-pay-to`} />
          </td>
        </tr>
      )}
      {problems.length > 0 && (
        <tr className="tier-problems">
          <td colSpan={6}>
            <Problems problems={problems} />
          </td>
        </tr>
      )}
    </>
  );
}
