/** The year's goal: set it, split it, see every level close, and what was reached. */
import { Button, Drawer, Select } from "antd";
import { CopyPlus, GitFork, History, Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { GoalYears } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { ErrorState } from "../../components/ErrorState";
import { Page } from "../../components/Page";
import { parsePeriod } from "../../components/period";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { useSearchParam } from "../../components/useSearchParam";
import { AmountForm } from "./AmountForm";
import { CopyYear } from "./CopyYear";
import { GoalHistoryDrawer } from "./GoalHistoryDrawer";
import { Plan } from "./Plan";
import { GoalsNav } from "./GoalsNav";
import { SplitAssistant } from "./SplitAssistant";
import { useGoalMetric } from "./metric";
import { MetricChooser } from "./MetricChooser";
import "./goals.css";

export default function GoalsPage() {
  const { t } = useTranslation();
  const may = useRights();
  const { period } = useScope();
  const [yearText, setYear] = useSearchParam("year");
  const [metric] = useGoalMetric();
  const years = useRead("get_goal_years", { metric });
  const year = Number(/^\d{4}$/.test(yearText ?? "") ? yearText : (parsePeriod(period)?.year ?? 2026));
  const goal = useRead("get_goal", { metric, year });
  const [panel, setPanel] = useState<"amount" | "split" | "copy" | "history" | null>(null);
  const company = useRead("get_organisation", {}).data?.units.find((unit) => unit.parent === null);
  // What is changed or split next is the newest goal; the one in force stands below until then.
  const inForce = goal.data?.plan;
  const plan = goal.data?.draft ?? inForce;
  return (
    <div className="goals-page">
      <Page
        title={t("goals.title")}
        context={t("goals.context")}
        actions={
          <>
            <MetricChooser />
            <Select
              aria-label={t("goals.yearLabel")}
              data-testid="goal-year"
              value={year}
              onChange={(value) => setYear(String(value))}
              options={yearChoices(years.data, year).map((one) => ({ value: one, label: t("common.period.year", { year: String(one) }) }))}
            />
            {company && may("see_history") && (
              <Button icon={<History size={14} />} onClick={() => setPanel("history")} data-testid="goal-history">
                {t("history.open")}
              </Button>
            )}
            {plan && may("set_goals") && (
              <Button icon={<Pencil size={14} />} onClick={() => setPanel("amount")} data-testid="goal-edit">
                {t("goals.edit")}
              </Button>
            )}
            {inForce && inForce.split_by !== null && may("set_goals") && (
              <Button icon={<CopyPlus size={14} />} onClick={() => setPanel("copy")} data-testid="goal-copy-year">
                {t("goals.copyYear.open")}
              </Button>
            )}
            {plan && may("set_goals") && (
              <Button
                type={plan.split_by === null ? "primary" : "default"}
                icon={<GitFork size={14} />}
                disabled={!years.data}
                onClick={() => setPanel("split")}
                data-testid="goal-split"
              >
                {t("goals.split.open")}
              </Button>
            )}
          </>
        }
      >
        <GoalsNav />
        {years.error && <ErrorState error={years.error} onRetry={() => void years.refetch()} />}
        <Plan key={`${metric}-${year}`} goal={goal} year={year} onSplit={() => setPanel("split")} />
      </Page>
      <Drawer
        open={panel === "amount"}
        onClose={() => setPanel(null)}
        title={t("goals.amount.title", { year: String(year) })}
        size={420}
        destroyOnHidden
      >
        {plan && (
          <>
            <p className="quiet goal-new-version">{t("goals.amount.newVersion")}</p>
            <AmountForm year={year} currency={plan.amount.currency} initial={plan.amount.amount} onSet={() => setPanel(null)} />
          </>
        )}
      </Drawer>
      <GoalHistoryDrawer
        unit={panel === "history" ? (company?.id ?? null) : null}
        name={company?.name ?? ""}
        year={year}
        onClose={() => setPanel(null)}
      />
      {panel === "copy" && inForce && (
        <CopyYear
          year={year}
          currency={inForce.amount.currency}
          onClose={() => setPanel(null)}
          onCopied={(to) => {
            setPanel(null);
            setYear(String(to));
          }}
        />
      )}
      {panel === "split" && years.data && <SplitAssistant key={metric} year={year} years={years.data} onClose={() => setPanel(null)} />}
    </div>
  );
}

/** Years with data or a goal, the shown one, and the one after the last: that is where goals are made. */
function yearChoices(years: GoalYears | undefined, shown: number): number[] {
  const known = [shown, ...(years?.with_goal ?? []), ...(years?.with_data.map(({ year }) => year) ?? [])];
  return [...new Set([...known, Math.max(...known) + 1])].toSorted((a, b) => b - a);
}
