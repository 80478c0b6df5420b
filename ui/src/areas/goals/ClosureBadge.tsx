/** Whether every whole of a decomposition equals the sum of its parts: a shape and words, with the count. */
import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { useTranslation } from "react-i18next";

import { formatCount, formatDecimal } from "../../components/format";
import { periodLabel } from "../../components/period";
import { useLanguage } from "../../i18n";
import type { closure as closureOf } from "./tree";

export function ClosureBadge({ closure }: { closure: ReturnType<typeof closureOf> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [first] = closure.gaps;
  if (first) {
    return (
      <span className="closure-badge closure-broken" role="alert" data-testid="goal-closure">
        <CircleAlert size={15} aria-hidden />
        {t("goals.closure.gap", {
          name: first.name,
          period: periodLabel(first.period, t, language),
          parts: formatDecimal(first.parts),
          whole: formatDecimal(first.whole),
        })}
      </span>
    );
  }
  if (closure.checked === 0) {
    return (
      <span className="closure-badge closure-none" data-testid="goal-closure">
        <CircleDashed size={15} aria-hidden />
        {t("goals.closure.unsplit")}
      </span>
    );
  }
  return (
    <span className="closure-badge" title={t("goals.closure.explain")} data-testid="goal-closure">
      <CircleCheck size={15} aria-hidden />
      {t("goals.closure.all", { count: closure.checked, sums: formatCount(closure.checked) })}
    </span>
  );
}
