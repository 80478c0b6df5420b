/** What widgets are called. */
import { useTranslation } from "react-i18next";

import type { MetricInfo, SavedView, Shows, Widget } from "../../../backend/generated";
import { useLanguage } from "../../../i18n";
import { useTerm } from "../../../i18n/say";
import { both } from "../../../i18n/both";

export interface Known {
  metrics: readonly MetricInfo[];
  views: readonly SavedView[];
}

/** Its own title, else what it shows. */
export function useWidgetName({ metrics, views }: Known): (widget: Pick<Widget, "title" | "shows">) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = useTerm();
  const nameOf = (shows: Shows): string => {
    if (shows.kind === "chart") {
      const { form, metric } = shows.question;
      const found = metrics.find((one) => one.code === metric);
      const [name, word] = [found ? both(found.name, language) : metric, term("board_form", form)];
      return name === word ? name : t("performance.board.chartName", { metric: name, form: word });
    }
    if (shows.kind === "view") return views.find(({ id }) => id === shows.view)?.name ?? t("performance.board.kinds.view");
    return t(`performance.board.kinds.${shows.kind}`);
  };
  return ({ title, shows }) => title ?? nameOf(shows);
}
