/** Writes goal letters to where the person chooses. */
import { useTranslation } from "react-i18next";

import { BackendError } from "../../../backend/backend";
import type { ExportResult } from "../../../backend/generated";
import { useCommand, useTask } from "../../../backend/query";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { useGoalMetric } from "../metric";

export function useLetter(year: number) {
  const { t } = useTranslation();
  const say = useSay();
  const toast = useToast();
  const language = useLanguage();
  const [metric] = useGoalMetric();
  const one = useCommand("export_goal_letter");
  const all = useTask("export_goal_letters");
  const shown = {
    // Without a folder the dialog was closed.
    onSuccess: ({ folder, failed }: ExportResult) => {
      if (failed.length > 0) toast.failed(t("goalRound.own.notSaved"));
      else if (folder !== null) toast.done(t("goalRound.own.saved", { folder }));
    },
    onError: (thrown: unknown) => {
      const error = BackendError.from(thrown);
      if (error.code === "cancelled") toast.hint(t("goalRound.confirm.lettersStopped"));
      else toast.failed(say(error));
    },
  };
  return {
    pending: one.isPending || all.isPending,
    /** Everybody's letters while they are written: how far, and the way to stop. */
    task: all.isPending ? { progress: all.progress, cancelling: all.cancelling, onCancel: all.cancel } : null,
    write: (person?: string) => one.mutate({ metric, year, ...(person !== undefined && { person }), language }, shown),
    writeAll: () => all.mutate({ metric, year, language }, shown),
  };
}
