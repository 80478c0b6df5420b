/** What is paid: the kind, and its number. */
import { useTranslation } from "react-i18next";

import { useTerm } from "../../../i18n/say";
import { PAYS } from "./document";
import type { AppliesTo, Component, Pay, PayKind } from "./document";
import { withPayKind } from "./edit";
import { Choice, TextField } from "./inputs";
import { useShared } from "./shared";
import { whyNotPay } from "./together";

interface Props {
  path: string;
  /** What the screen reader says before the kind and the number: `Tier 2`. */
  of: string;
  pay: Pay;
  component: Component;
  /** Of a tier; null below the first one. */
  applies: AppliesTo | null;
  onChange: (pay: Pay) => void;
  /** The kind is that of the start, and only the number is asked. */
  numberOnly?: boolean;
  testId?: string;
}

export function PayFields({ path, of, pay, component, applies, onChange, numberOnly, testId }: Props) {
  const { t } = useTranslation();
  const term = useTerm();
  const { currency } = useShared();
  const word = (kind: PayKind) => (kind === "nothing" ? term("pay_kind", kind) : t(`bonus.plan.pay.${kind}`));
  return (
    <span className="plan-pay">
      {!numberOnly && (
        <Choice
          bare
          path={`${path}.kind`}
          label={t("bonus.plan.fieldOf", { field: t("bonus.plan.pays"), of })}
          value={pay.kind}
          options={PAYS}
          word={word}
          why={(kind) => whyNotPay(component, kind, applies)}
          onChange={(kind) => onChange(withPayKind(pay, kind, currency))}
          {...(testId && { testId: `${testId}-kind` })}
        />
      )}
      {pay.kind !== "nothing" && (
        <span className={"percent" in pay ? "plan-pay-number plan-pay-percent" : "plan-pay-number"}>
          <PayNumber path={path} label={t("bonus.plan.fieldOf", { field: word(pay.kind), of })} pay={pay} onChange={onChange} {...(testId && { testId })} />
        </span>
      )}
    </span>
  );
}

function PayNumber({ path, label, pay, onChange, testId }: { path: string; label: string; pay: Exclude<Pay, { kind: "nothing" }>; onChange: (pay: Pay) => void; testId?: string }) {
  const shared = { bare: true, path, label, ...(testId && { testId }) };
  if ("percent" in pay) return <TextField {...shared} kind="percent" value={pay.percent} onChange={(percent) => onChange({ ...pay, percent })} />;
  return <TextField {...shared} kind="amount" value={pay.amount.amount} onChange={(amount) => onChange({ ...pay, amount: { ...pay.amount, amount } })} />;
}
