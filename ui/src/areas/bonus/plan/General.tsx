/** The plan as a whole: names, period, rounding, target bonus, cap and floor. */
import { useTranslation } from "react-i18next";

import type { PlanProblem } from "../../../backend/generated";
import { useTerm } from "../../../i18n/say";
import { PERIODS, roundingOf, ROUNDINGS } from "./document";
import type { Plan } from "./document";
import { Choice, TextField } from "./inputs";
import { LimitFields } from "./LimitFields";
import { Problems } from "./Problems";
import { useShared } from "./shared";

/** Decimals of the currency's unit that can be paid; `all`: as many as it has. */
const DECIMALS = ["all", "0", "1"] as const;

export function General({ plan, problems, onChange }: { plan: Plan; problems: readonly PlanProblem[]; onChange: (part: Partial<Plan>) => void }) {
  const { t } = useTranslation();
  const { currency } = useShared();
  const bonus = plan.default_target_bonus;
  return (
    <>
      <Problems problems={problems} />
      <div className="plan-fields">
        <TextField path="name.zh" label={t("bonus.plan.nameZh")} value={plan.name.zh} onChange={(zh) => onChange({ name: { ...plan.name, zh } })} testId="plan-zh" />
        <TextField path="name.en" label={t("bonus.plan.nameEn")} value={plan.name.en} onChange={(en) => onChange({ name: { ...plan.name, en } })} testId="plan-en" />
        <Choice path="period" label={t("bonus.plan.period")} value={plan.period} options={PERIODS} word={(one) => t(`bonus.plan.periods.${one}`)} onChange={(period) => onChange({ period })} testId="plan-period" />
        <TextField
          path="default_target_bonus"
          label={t("bonus.plan.defaultBonus")}
          kind="amount"
          help={t("bonus.plan.defaultHelp")}
          placeholder={t("bonus.plan.noDefault")}
          value={bonus?.amount ?? ""}
          onChange={(amount) => onChange({ default_target_bonus: amount === "" ? undefined : { amount, currency: bonus?.currency ?? currency } })}
          testId="plan-bonus"
        />
        <LimitFields path="cap" label={t("bonus.plan.limit.planCap")} limit={plan.cap} onChange={(cap) => onChange({ cap })} />
        <LimitFields path="floor" label={t("bonus.plan.limit.planFloor")} limit={plan.floor} onChange={(floor) => onChange({ floor })} />
      </div>
      <Rounding plan={plan} onChange={onChange} />
    </>
  );
}

function Rounding({ plan, onChange }: { plan: Plan; onChange: (part: Partial<Plan>) => void }) {
  const { t } = useTranslation();
  const term = useTerm();
  const rounding = roundingOf(plan);
  const decimals = rounding.decimals === undefined ? "all" : String(rounding.decimals);
  return (
    <div className="plan-fields plan-fields-3">
      <Choice path="rounding.mode" label={t("bonus.plan.rounding.mode")} value={rounding.mode} options={ROUNDINGS} word={(mode) => term("rounding", mode)} onChange={(mode) => onChange({ rounding: { ...rounding, mode } })} />
      <Choice
        path="rounding.decimals"
        label={t("bonus.plan.rounding.decimals")}
        value={decimals}
        options={DECIMALS.some((one) => one === decimals) ? DECIMALS : [...DECIMALS, decimals]}
        word={(one) => (one === "all" ? t("bonus.plan.rounding.all") : one)}
        onChange={(one) => onChange({ rounding: { ...rounding, decimals: one === "all" ? undefined : Number(one) } })}
      />
      <Choice path="rounding.on" label={t("bonus.plan.rounding.on")} value={rounding.on} options={["line", "sum"]} word={(one) => t(`bonus.plan.rounding.${one}`)} onChange={(on) => onChange({ rounding: { ...rounding, on } })} />
    </div>
  );
}
