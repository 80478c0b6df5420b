/** What is said after files were written to where the person chose. */
import { useTranslation } from "react-i18next";

import { BackendError } from "../../backend/backend";
import type { ExportResult } from "../../backend/generated";
import { useToast } from "../../components/useToast";
import { useSay } from "../../i18n/say";

export function useSaved() {
  const { t } = useTranslation();
  const say = useSay();
  const toast = useToast();
  return {
    onSuccess: ({ folder }: ExportResult) => {
      // Without a folder the dialog was closed.
      if (folder !== null) toast.done(t("bonus.papers.saved", { folder }));
    },
    onError: (thrown: unknown) => {
      const error = BackendError.from(thrown);
      if (error.code === "cancelled") toast.hint(t("bonus.papers.stopped"));
      else toast.failed(say(error));
    },
  };
}
