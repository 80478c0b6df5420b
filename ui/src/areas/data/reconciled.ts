/** Lines of the reconciliation: how they are called, and how an address names the rows that one left out. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { CountedIn } from "../../backend/generated";
import { periodLabel } from "../../components/period";
import { useLanguage } from "../../i18n";

/** The period of deals of which nobody knows whether they were won. */
const STAGE_UNDECIDED = "stage_undecided";

/** Whether a line is of a month: the others have nothing in the store that they could be held against. */
export const isMonth = (period: string) => period !== "" && period !== STAGE_UNDECIDED;

export function useLineLabel(): (period: string) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return useCallback(
    (period: string) => {
      if (period === "") return t("data.reconciliation.noDay");
      if (period === STAGE_UNDECIDED) return t("data.reconciliation.stageUndecided");
      return periodLabel(period, t, language);
    },
    [t, language],
  );
}

/** Rejected rows of an import: all, or those that one line counts. */
export interface RejectedOf {
  batch: string;
  counted: CountedIn | null;
}

export function addressOf({ batch, counted }: RejectedOf): string {
  return counted ? `${batch}:${counted.kind}:${counted.period}` : batch;
}

export function rejectedOf(address: string): RejectedOf {
  const [batch = "", kind, period] = address.split(":");
  return { batch, counted: kind === undefined || period === undefined ? null : { kind, period } };
}
