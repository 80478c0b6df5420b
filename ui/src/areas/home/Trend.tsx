/** The period's sales week by week, as the dashboard shows them. */
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { useRead } from "../../backend/query";
import { ChartCard } from "../../charts/ChartCard";
import { useScope } from "../../components/scope";
import { useToast } from "../../components/useToast";
import { useLanguage, useWord } from "../../i18n";

const CHART = "weekly_sales";

/** Nothing where the figures could not be read: the strip above says why. */
export function Trend() {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  const toast = useToast();
  const { unit, period } = useScope();
  const dashboard = useRead("get_dashboard", { scope: { unit, period }, language });
  if (dashboard.isPending) {
    return (
      <div className="chart-card" aria-busy="true">
        <Skeleton active paragraph={{ rows: 6 }} />
      </div>
    );
  }
  const chart = dashboard.data?.charts.find(({ id }) => id === CHART);
  if (!chart) return null;
  return (
    <ChartCard
      chart={chart}
      explanation={word("performance.explain", CHART)}
      onCopied={(result) =>
        result === "copied" ? toast.done(t("charts.copied")) : toast.failed(t("charts.copyFailed"))
      }
    />
  );
}
