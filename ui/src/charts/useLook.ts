/** The look of charts in the window's theme and language. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ValueUnit } from "../backend/generated";
import { compactDecimal, currencySymbol, formatCount, formatMoney, formatPercent } from "../components/format";
import { useLanguage, type Language } from "../i18n";
import { usePreferences } from "../components/preferences";
import type { Mode } from "../theme";
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

/** The look of a theme and a language, apart from any component. */
export function lookOf(mode: Mode, language: Language, words: Look["words"], opens: boolean, animate: boolean): Look {
  return {
    palette: chartPalette(mode),
    compact: (raw, unit) => (unit.kind === "percent" ? formatPercent(raw) : compactDecimal(raw, language)),
    full: fullFigure,
    unitLabel: (unit) => (unit.kind === "money" ? currencySymbol(unit.currency).trim() : ""),
    words,
    animate,
    opens,
  };
}

export function useLook(opens: boolean): Look {
  const { mode } = usePreferences();
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(() => {
    const words = {
      unknown: t("charts.unknown"),
      goal: t("charts.goal"),
      total: t("charts.total"),
      step: (share: string) => t("charts.step", { share }),
      axisFrom: (start: string) => t("charts.axisFrom", { start }),
    };
    return lookOf(mode, language, words, opens, !window.matchMedia("(prefers-reduced-motion: reduce)").matches);
  }, [mode, language, t, opens]);
}
