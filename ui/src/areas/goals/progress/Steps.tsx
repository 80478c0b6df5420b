/** The parts of the period: goal and actual beside each other, with the table behind the picture. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Chart, GoalProgress } from "../../../backend/generated";
import { ChartCard } from "../../../charts/ChartCard";
import { shortPeriodLabel } from "../../../components/period";
import { useToast } from "../../../components/useToast";
import { useLanguage } from "../../../i18n";

export function Steps({ progress }: { progress: GoalProgress }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const toast = useToast();
  const { steps, currency, name, period_label: label } = progress;
  const chart = useMemo<Chart>(
    () => ({
      id: "goal_steps",
      kind: "bar",
      title: t("goalProgress.steps", { name, period: label }),
      subtitle: null,
      unit: { kind: "money", currency },
      categories: steps.map((step) => ({ key: step.period, label: shortPeriodLabel(step.period, t, language) })),
      series: [
        { key: "actual", label: t("goalProgress.actual"), role: "actual", values: steps.map(({ actual }) => (actual === null ? null : { raw: actual })) },
        { key: "goal", label: t("goalProgress.goal"), role: "goal", values: steps.map(({ goal }) => ({ raw: goal })) },
      ],
      note: steps.some(({ actual }) => actual === null) ? t("goalProgress.toCome") : null,
    }),
    [steps, currency, name, label, t, language],
  );
  if (steps.length === 0) return null;
  return (
    <ChartCard
      chart={chart}
      explanation={t("goalProgress.stepsExplained")}
      onCopied={(result) => (result === "copied" ? toast.done(t("charts.copied")) : toast.failed(t("charts.copyFailed")))}
    />
  );
}
