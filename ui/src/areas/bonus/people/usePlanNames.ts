/** Plans of the company by code, with their names in the language of the window. */
import { useCallback, useMemo } from "react";

import type { PlanInfo } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { useLanguage } from "../../../i18n";

export function usePlans() {
  const plans = useRead("list_bonus_plans", {});
  const language = useLanguage();
  const nameOf = useCallback((plan: PlanInfo) => (language === "en" ? plan.name_en : plan.name_zh), [language]);
  const names = useMemo(() => new Map((plans.data?.plans ?? []).map((plan) => [plan.code, nameOf(plan)])), [plans.data, nameOf]);
  const options = useMemo(() => [...names].map(([value, label]) => ({ value, label })), [names]);
  /** The first day of the plan's next period that is not approved. */
  const nextStart = (code: string) => plans.data?.next_starts[plans.data.plans.findIndex((plan) => plan.code === code)] ?? null;
  return { plans, options, nextStart, planName: (code: string) => names.get(code) ?? code };
}
