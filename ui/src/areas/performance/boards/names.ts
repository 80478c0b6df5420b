/** What widgets are called. */
import type { TFunction } from "i18next";

import type { MetricInfo, SavedView, Shows, Widget } from "../../../backend/generated";
import type { Language } from "../../../i18n";
import { both } from "../metrics/metrics";

export interface Known {
  metrics: readonly MetricInfo[];
  views: readonly SavedView[];
}

export function metricName(code: string, { metrics }: Known, language: Language): string {
  const found = metrics.find((one) => one.code === code);
  return found ? both(found.name, language) : code;
}

/** Its own title, else what it shows. */
export function widgetName({ title, shows }: Pick<Widget, "title" | "shows">, known: Known, t: TFunction, language: Language): string {
  return title ?? showsName(shows, known, t, language);
}

function showsName(shows: Shows, known: Known, t: TFunction, language: Language): string {
  if (shows.kind === "chart") {
    const { form, metric } = shows.question;
    return t("performance.board.chartName", { metric: metricName(metric, known, language), form: t(`performance.board.forms.${form}`) });
  }
  if (shows.kind === "view") return known.views.find(({ id }) => id === shows.view)?.name ?? t("performance.board.kinds.view");
  return t(`performance.board.kinds.${shows.kind}`);
}
