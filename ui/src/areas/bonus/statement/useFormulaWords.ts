/** The words of formulas in the language in use. */
import { useTranslation } from "react-i18next";

import { formatCount } from "../../../components/format";
import type { FormulaWords } from "./formula";

export function useFormulaWords(): FormulaWords {
  const { t } = useTranslation();
  return {
    day: t("bonus.day"),
    noFigure: t("bonus.noFigure"),
    belowTiers: t("bonus.belowTiers"),
    aboveTiers: t("bonus.aboveTiers"),
    sumOf: (count) => t("bonus.sumOf", { count, terms: formatCount(count) }),
    facts: (count) => t("bonus.factsCounted", { count, facts: formatCount(count) }),
    tier: (number) => t("bonus.tierOf", { number }),
  };
}
