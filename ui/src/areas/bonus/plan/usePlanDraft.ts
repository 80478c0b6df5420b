/** The plan while it is edited: what is not saved, and how it is saved. */
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { useBackend } from "../../../backend/backend";
import type { BonusPlanView, SavePlan } from "../../../backend/generated";
import { read, useCommand } from "../../../backend/query";
import { useDraft } from "../../../components/useDraft";
import { useToast } from "../../../components/useToast";
import { readPlan, type Plan } from "./document";
import { changesPay, differs, writePlan } from "./fields";

/** What is not saved, and on which version of the plan it was made. */
interface Draft {
  version: number;
  plan: Plan;
  /** The document as it was typed, while it is not applied. */
  text: string | null;
}

export function usePlanDraft(view: BonusPlanView, onKept: (kept: BonusPlanView) => void) {
  const { t } = useTranslation();
  const toast = useToast();
  const backend = useBackend();
  const client = useQueryClient();
  const saved = useMemo(() => readPlan(view.plan), [view.plan]);
  const [draft, setDraft] = useDraft<Draft>(`bonus_plan ${saved.code}`);
  const [asking, setAsking] = useState(false);
  const save = useCommand("save_bonus_plan");
  const plan = draft?.plan ?? saved;
  const text = draft?.text ?? null;
  const isDirty = (one: Draft | null) => one !== null && (one.text !== null || differs(saved, one.plan));
  const dirty = isDirty(draft);
  // Only a draft that was left and found again wants a word; what is being typed is in sight.
  const [found] = useState(() => isDirty(draft));
  const change = (part: Partial<Draft>) => {
    setDraft({ version: draft?.version ?? view.version, plan, text, ...part });
    save.reset();
  };
  const keep = (when: Omit<SavePlan, "plan">) =>
    void save.mutateAsync({ plan: writePlan(plan), ...when }).then(
      (kept) => {
        setDraft(null);
        setAsking(false);
        // The version may hold later than today: it is the one that stays in sight.
        const shown = { plan: plan.code, version: kept.version };
        client.setQueryData(read(backend, "get_bonus_plan", shown).queryKey, kept);
        onKept(kept);
        toast.done(t("common.saved"));
      },
      // Shown as `save.error`.
      () => setAsking(false),
    );
  return {
    plan,
    text,
    dirty,
    /** The word about a draft from before, if there is one. */
    foundNote: found && dirty && draft ? (draft.version === view.version ? ("bonus.plan.draft" as const) : ("bonus.plan.draftOld" as const)) : null,
    setPlan: (next: Plan) => change({ plan: next }),
    setText: (next: string | null) => change({ text: next }),
    apply: (next: Plan) => change({ plan: next, text: null }),
    discard: () => {
      setDraft(null);
      save.reset();
    },
    save: () => setAsking(true),
    /** From which day it holds is asked before it is saved. */
    asking,
    paysDifferently: changesPay(saved, plan),
    keep,
    cancel: () => setAsking(false),
    retry: () => setAsking(true),
    saving: save.isPending,
    saveError: save.error,
  };
}
