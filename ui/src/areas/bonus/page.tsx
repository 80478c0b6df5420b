/** Bonus. */
import { useTranslation } from "react-i18next";

import { Page } from "../../components/Page";

export default function BonusPage() {
  const { t } = useTranslation();
  return <Page title={t("bonus.title")}>{null}</Page>;
}
