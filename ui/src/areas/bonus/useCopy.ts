/** Copies a text and says how that went. */
import { useTranslation } from "react-i18next";
import { useToast } from "../../components/useToast";

export function useCopy(): (text: string) => void {
  const { t } = useTranslation();
  const toast = useToast();
  return (text) => {
    navigator.clipboard.writeText(text).then(
      () => toast.done(t("common.copied")),
      () => toast.failed(t("records.copyFailed")),
    );
  };
}
