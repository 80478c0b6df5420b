/** Home. */
import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function HomePage() {
  const { t } = useTranslation();
  return <Page title={t("home.title")}>{null}</Page>;
}
