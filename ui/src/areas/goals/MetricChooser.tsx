/** Chooses the figure that goals are shown of: only those that can be split are there. */
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { GOAL_METRICS, useGoalMetric } from "./metric";

export function MetricChooser() {
  const { t } = useTranslation();
  const [metric, choose] = useGoalMetric();
  return (
    <Select
      aria-label={t("goals.metricLabel")}
      data-testid="goal-metric"
      className="goal-metric"
      popupMatchSelectWidth={false}
      value={metric}
      onChange={choose}
      options={GOAL_METRICS.map((one) => ({ value: one, label: t(`goals.metric.${one}`) }))}
    />
  );
}
