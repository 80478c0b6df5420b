/** Makes a step with the state that was looked at. Where somebody was faster, says who, and shows the newest state. */
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useBackend } from "../../../backend/backend";
import type { BonusCycle, CycleAction } from "../../../backend/generated";
import { read, useCommand } from "../../../backend/query";
import { useAuthor } from "../../../components/history/ChangeHead";
import { periodLabel } from "../../../components/period";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";
import { useTerm } from "../../../i18n/say";
import { argsOf, type Draft } from "./step";

export function useStep(seen: BonusCycle, action: CycleAction, onClose: () => void) {
  const { t } = useTranslation();
  const language = useLanguage();
  const term = useTerm();
  const author = useAuthor();
  const toast = useToast();
  const backend = useBackend();
  const client = useQueryClient();
  const step = useCommand("step_bonus_cycle");
  const asked = { period: seen.period, plan: seen.plan };

  /** A refusal of what is no longer there is none of what was done here. */
  const refused = async () => {
    const now = await client.fetchQuery({ ...read(backend, "get_bonus_cycle", asked), staleTime: 0 });
    if (now.stamp === seen.stamp) return;
    await client.invalidateQueries({ predicate: ({ queryKey: [name] }) => String(name).includes("bonus") });
    const last = now.steps.length > seen.steps.length ? now.steps.at(-1) : undefined;
    toast.hint(last ? t("bonus.cycle.overtaken", { by: author(last.by), step: term("bonus_step", last.kind) }) : t("bonus.cycle.changed"));
    onClose();
  };
  const make = (draft: Draft) =>
    step.mutate(argsOf(action, seen, draft), {
      onSuccess: () => {
        toast.done(t(`bonus.cycle.done.${action}`, { period: periodLabel(seen.period, t, language) }));
        onClose();
      },
      // What cannot be read either leaves the refusal standing.
      onError: () => void refused().catch(() => undefined),
    });
  return { make, isPending: step.isPending, error: step.error };
}
