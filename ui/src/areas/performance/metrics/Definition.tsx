/** What a metric says: its written definition, formula, measures with their event dates, and source. */
import { useTranslation } from "react-i18next";

import type { MetricInfo } from "../../../backend/generated";
import { useLanguage } from "../../../i18n";
import { both } from "../../../i18n/both";

export function Definition({ metric }: { metric: MetricInfo }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className="chart-card" aria-label={t("performance.library.definition")} data-testid="metric-definition">
      <dl className="records-words">
        <dt>{t("performance.library.definition")}</dt>
        <dd>{both(metric.definition, language)}</dd>
        <dt>{t("performance.library.formula")}</dt>
        <dd className="figure records-formula">{metric.formula}</dd>
        {metric.event_date && (
          <>
            <dt>{t("performance.own.eventDate")}</dt>
            <dd>{both(metric.event_date.words, language)}</dd>
          </>
        )}
        <dt>{t("performance.library.measures")}</dt>
        <dd>
          {metric.measures.map((measure) => (
            <div key={measure.code}>
              <code>{measure.code}</code> {both(measure.words, language)} ({both(measure.event_date, language)})
            </div>
          ))}
        </dd>
        <dt>{t("performance.library.source")}</dt>
        <dd>{both(metric.source, language)}</dd>
      </dl>
    </section>
  );
}
