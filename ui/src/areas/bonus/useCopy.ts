/** Copies a text and says how that went. */
import { App } from "antd";
import { useTranslation } from "react-i18next";

export function useCopy(): (text: string) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (text) => {
    navigator.clipboard.writeText(text).then(
      () => message.success(t("common.copied")),
      () => message.error(t("records.copyFailed")),
    );
  };
}
