/** What an adjustment is for, in words: its reason, and of a recalculation what changed since. */
import { useTranslation } from "react-i18next";

import type { AdjustmentView } from "../../../backend/generated";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";

export function useAdjustmentWords(): (line: Pick<AdjustmentView, "reason" | "cause" | "restated" | "causes">) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  return ({ reason, cause, restated, causes }) => {
    if (restated === null) return cause ? t("bonus.statement.adjustmentFor", { reason, cause }) : t("bonus.statement.adjustmentOf", { reason });
    return [t("bonus.adjustments.difference", { period: periodLabel(restated, t, language) }), reason, ...causes.map(say)].filter(Boolean).join(" · ");
  };
}
