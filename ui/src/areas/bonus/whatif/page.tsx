/** What-if: one or two plans over past periods, beside the plan in force. Nothing is kept. */
import { FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";

import { useRead, useTask } from "../../../backend/query";
import { ErrorState } from "../../../components/ErrorState";
import { Answer, EmptyState, Page } from "../../../components/Page";
import { TaskProgress } from "../../../components/TaskProgress";
import { BonusNav } from "../BonusNav";
import { yearOf } from "../bonusPeriod";
import "../bonus.css";
import { Question } from "./Question";
import { Result } from "./Result";
import "./whatif.css";

export default function WhatIfPage() {
  const { t } = useTranslation();
  const runs = useRead("list_bonus_runs", {});
  return (
    <Page title={t("bonusIf.whatIf.title")} context={t("bonusIf.whatIf.context")}>
      <BonusNav />
      <Answer query={runs}>
        {({ periods }) => {
          const years = [...new Set(periods.map(yearOf))].toSorted().toReversed();
          return years.length > 0 ? (
            <Asking years={years} />
          ) : (
            <EmptyState title={t("bonusIf.whatIf.noYears")} text={t("bonusIf.whatIf.noYearsText")} />
          );
        }}
      </Answer>
    </Page>
  );
}

function Asking({ years }: { years: readonly string[] }) {
  const { t } = useTranslation();
  const task = useTask("simulate_bonus");
  const { variables } = task;
  return (
    <>
      <Question years={years} busy={task.isPending} onAsk={(args) => task.mutate(args)} />
      {task.isPending && <TaskProgress progress={task.progress} cancelling={task.cancelling} onCancel={task.cancel} />}
      {task.cancelled && (
        <p className="notes" role="status">
          {t("bonusIf.whatIf.cancelled")}
        </p>
      )}
      {task.error && <ErrorState error={task.error} {...(variables && { onRetry: () => task.mutate(variables) })} />}
      {task.data && variables && !task.isPending ? (
        <Result view={task.data} range={{ from: variables.from, to: variables.to }} />
      ) : (
        !task.isPending &&
        !task.error && (
          <EmptyState icon={<FlaskConical size={28} aria-hidden />} title={t("bonusIf.whatIf.start")} text={t("bonusIf.whatIf.startText")} />
        )
      )}
    </>
  );
}
