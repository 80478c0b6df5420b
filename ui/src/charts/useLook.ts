/** The look of charts in the window's theme and language. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ValueUnit } from "../backend/generated";
import { compactDecimal, currencySymbol, formatCount, formatMoney, formatPercent } from "../components/format";
import { useLanguage } from "../i18n";
import { usePreferences } from "../components/preferences";
import { chartPalette } from "./palette";
import type { Look } from "./options";

/** The full figure with its unit, as tables and tooltips show it. */
export function fullFigure(raw: string, unit: ValueUnit): string {
  switch (unit.kind) {
    case "money":
      return formatMoney({ amount: raw, currency: unit.currency });
    case "percent":
      return formatPercent(raw);
    case "count":
      return formatCount(raw);
  }
}

export function useLook(opens: boolean): Look {
  const { mode } = usePreferences();
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(
    () => ({
      palette: chartPalette(mode),
      compact: (raw, unit) => (unit.kind === "percent" ? formatPercent(raw) : compactDecimal(raw, language)),
      full: fullFigure,
      unitLabel: (unit) => (unit.kind === "money" ? currencySymbol(unit.currency).trim() : ""),
      words: { unknown: t("charts.unknown"), goal: t("charts.goal"), total: t("charts.total") },
      animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      opens,
    }),
    [mode, language, t, opens],
  );
}
