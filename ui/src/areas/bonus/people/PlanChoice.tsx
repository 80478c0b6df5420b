/** Which plan, where the company has several. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { usePlans } from "./usePlanNames";

interface Props {
  /** Null: the plan of everybody. */
  value: string | null;
  /** Only these, where it is not about all. */
  among?: readonly string[];
  onChange: (code: string) => void;
}

export function PlanChoice({ value, among, onChange }: Props) {
  const { t } = useTranslation();
  const { plans, options } = usePlans();
  if (options.length < 2) return null;
  const everybody = plans.data?.plans.find((plan) => plan.everybody)?.code ?? options[0]?.value;
  return (
    <Select
      aria-label={t("bonusPeople.plan")}
      data-testid="plan-choice"
      className="plan-choice"
      value={value ?? everybody ?? null}
      options={among ? options.filter((one) => among.includes(one.value)) : options}
      onChange={onChange}
      popupMatchSelectWidth={false}
    />
  );
}
