/** The KPIs that somebody can be measured by: those that can be calculated, and of which one side is better. */
import { useMemo } from "react";

import type { MetricInfo } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";

export interface Metrics {
  /** For a chooser; `except` is left out. */
  options: { value: string; label: string }[];
  nameOf: (code: string) => string;
  infoOf: (code: string) => MetricInfo | undefined;
}

export function useMetrics(except?: string): Metrics {
  const language = useLanguage();
  const metrics = useRead("list_metrics", {}).data;
  return useMemo(() => {
    const infoOf = (code: string) => metrics?.find((one) => one.code === code);
    const usable = (metrics ?? []).filter(({ code, direction, problem }) => problem === null && direction !== "neutral" && code !== except);
    return {
      options: usable.map(({ code, name }) => ({ value: code, label: both(name, language) })),
      nameOf: (code) => {
        const info = infoOf(code);
        return info ? both(info.name, language) : code;
      },
      infoOf,
    };
  }, [metrics, language, except]);
}
