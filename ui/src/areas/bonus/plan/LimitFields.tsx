/** A cap or a floor: none, an amount, or a share of the target bonus. */
import { useTranslation } from "react-i18next";

import { LIMITS } from "./document";
import type { Limit } from "./document";
import { withLimitKind } from "./edit";
import { Choice, Labelled, TextField } from "./inputs";
import { useShared } from "./shared";

interface Props {
  path: string;
  label: string;
  limit: Limit | undefined;
  onChange: (limit: Limit | undefined) => void;
}

export function LimitFields({ path, label, limit, onChange }: Props) {
  const { t } = useTranslation();
  const { currency } = useShared();
  return (
    <Labelled path={`${path}.kind`} label={label}>
      <span className="plan-pay">
        <Choice
          bare
          path={`${path}.kind`}
          label={label}
          value={limit?.kind ?? "none"}
          options={["none", ...LIMITS]}
          word={(kind) => t(`bonus.plan.limit.${kind}`)}
          onChange={(kind) => onChange(withLimitKind(kind, currency))}
        />
        {limit && (
          <span className="plan-pay-number">
            {limit.kind === "amount" ? (
              <TextField bare path={path} label={label} kind="amount" value={limit.amount.amount} onChange={(amount) => onChange({ ...limit, amount: { ...limit.amount, amount } })} />
            ) : (
              <TextField bare path={path} label={label} kind="percent" value={limit.percent} onChange={(percent) => onChange({ ...limit, percent })} />
            )}
          </span>
        )}
      </span>
    </Labelled>
  );
}
