/** The words of formulas in the language in use. */
import { useTranslation } from "react-i18next";

import { formatCount } from "../../components/format";
import type { FormulaWords } from "./formula";

export function useFormulaWords(): FormulaWords {
  const { t } = useTranslation();
  return {
    closedOn: t("bonus.closedOn"),
    noGoal: t("bonus.noGoalShort"),
    belowTiers: t("bonus.belowTiers"),
    aboveTiers: t("bonus.aboveTiers"),
    sumOf: (count) => t("bonus.sumOf", { count, deals: formatCount(count) }),
    deals: (count) => t("bonus.dealsCounted", { count, deals: formatCount(count) }),
    tier: (number) => t("bonus.tierOf", { number }),
  };
}
