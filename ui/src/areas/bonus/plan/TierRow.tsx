/** One tier as a row of the form, with its problems under it. */
import { Button, Input, Select } from "antd";
import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { PlanProblem, TierSettings } from "../../../backend/generated";
import { Problems } from "./Problems";
import type { FieldErrors } from "./settings";

interface Props {
  tier: TierSettings;
  index: number;
  errors: FieldErrors;
  problems: readonly PlanProblem[];
  onChange: (tier: TierSettings) => void;
  onRemove: () => void;
}

export function TierRow({ tier, index, errors, problems, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const number = index + 1;
  const percent = (field: "from_percent" | "to_percent" | "pays_percent", label: string) => {
    const error = errors.get(`tiers.${index}.${field}`);
    return (
      <td>
        <Input
          className="figure tier-percent"
          suffix="%"
          inputMode="decimal"
          aria-label={t("bonus.plan.fieldOf", { field: label, number })}
          aria-invalid={error !== undefined}
          status={error ? "error" : ""}
          placeholder={field === "to_percent" ? t("bonus.plan.open") : ""}
          value={tier[field] ?? ""}
          onChange={(event) => onChange({ ...tier, [field]: event.target.value })}
          data-testid={`tier-${index}-${field}`}
        />
        {error && <span className="field-error">{t(`bonus.plan.error.${error}`)}</span>}
      </td>
    );
  };
  return (
    <>
      <tr>
        <th scope="row">{number}</th>
        {percent("from_percent", t("bonus.plan.from"))}
        {percent("to_percent", t("bonus.plan.to"))}
        {percent("pays_percent", t("bonus.plan.pays"))}
        <td>
          <Select
            aria-label={t("bonus.plan.fieldOf", { field: t("bonus.plan.appliesTo"), number })}
            value={tier.applies_to}
            onChange={(applies_to) => onChange({ ...tier, applies_to })}
            options={[
              { value: "all", label: t("bonus.plan.all") },
              { value: "excess", label: t("bonus.plan.excess") },
            ]}
          />
        </td>
        <td>
          <Button
            type="text"
            size="small"
            icon={<Trash2 size={14} />}
            aria-label={t("bonus.plan.removeTier", { number })}
            onClick={onRemove}
          />
        </td>
      </tr>
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
