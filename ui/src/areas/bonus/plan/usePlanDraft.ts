/** The plan while it is edited: what is not saved, and how it is saved. */
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { useBackend } from "../../../backend/backend";
import type { BonusPlanView } from "../../../backend/generated";
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

export function usePlanDraft(view: BonusPlanView) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const toast = useToast();
  const backend = useBackend();
  const client = useQueryClient();
  const saved = useMemo(() => readPlan(view.plan), [view.plan]);
  const [draft, setDraft] = useDraft<Draft>("bonus_plan");
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
  const keep = () =>
    void save.mutateAsync({ plan: writePlan(plan) }).then(
      (kept) => {
        setDraft(null);
        client.setQueryData(read(backend, "get_bonus_plan", {}).queryKey, kept);
        toast.done(t("common.saved"));
      },
      // Shown as `save.error`.
      () => undefined,
    );
  const ask = () => {
    if (!changesPay(saved, plan)) return keep();
    void modal.confirm({
      title: t("bonus.plan.confirmTitle"),
      content: t("bonus.plan.confirmText"),
      okText: t("bonus.plan.confirmSave"),
      cancelText: t("common.cancel"),
      onOk: keep,
    });
  };
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
    save: ask,
    retry: keep,
    saving: save.isPending,
    saveError: save.error,
  };
}
