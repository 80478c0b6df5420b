/** The pages of the area. */
import { useTranslation } from "react-i18next";

import { SubNav } from "../../components/SubNav";

export function PerformanceNav() {
  const { t } = useTranslation();
  return (
    <SubNav
      label={t("performance.title")}
      items={[
        { to: "/performance", label: t("performance.dashboard"), testId: "sub-dashboard" },
        { to: "/performance/explorer", label: t("performance.explorer"), testId: "sub-explorer" },
        { to: "/performance/forecast", label: t("performance.forecast.tab"), testId: "sub-forecast" },
        { to: "/performance/metrics", label: t("performance.metrics"), testId: "sub-metrics" },
      ]}
    />
  );
}
