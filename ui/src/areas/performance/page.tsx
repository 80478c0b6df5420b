/** Performance. */
import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function PerformancePage() {
  const { t } = useTranslation();
  return <Page title={t("performance.title")}>{null}</Page>;
}
