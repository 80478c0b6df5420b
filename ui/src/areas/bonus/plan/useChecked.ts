/** What the program says about the plan as it is; the last readable one while a field cannot be read. */
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";

import { useBackend, type BackendError } from "../../../backend/backend";
import type { BonusPlanView } from "../../../backend/generated";
import { writePlan } from "./fields";
import type { Plan } from "./document";

export interface Checked extends BonusPlanView {
  error: BackendError | null;
  retry: () => void;
}

export function useChecked(plan: Plan, readable: boolean, saved: BonusPlanView): Checked {
  const backend = useBackend();
  const asked = useDeferredValue(writePlan(plan));
  const check = useQuery<BonusPlanView, BackendError>({
    queryKey: ["check_bonus_plan", asked],
    queryFn: () => backend.call("check_bonus_plan", { plan: asked }),
    enabled: readable,
    placeholderData: (old) => old,
    gcTime: 10_000,
  });
  return { ...(check.data ?? saved), error: readable ? check.error : null, retry: () => void check.refetch() };
}
