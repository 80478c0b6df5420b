/** The year's goal: set it, split it, see every level close, and what was reached. */
import { Button, Drawer, Select } from "antd";
import { GitFork, History, Pencil, Target } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { GoalTree, GoalYears } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { useDrill } from "../../components/drill";
import { ErrorState } from "../../components/ErrorState";
import { Notes } from "../../components/MessageText";
import { Answer, EmptyState, Page } from "../../components/Page";
import { parsePeriod } from "../../components/period";
import { RecordsDrawer } from "../../components/RecordsDrawer";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { useSearchParam } from "../../components/useSearchParam";
import { AmountForm } from "./AmountForm";
import { GoalHistoryDrawer } from "./GoalHistoryDrawer";
import { GoalsNav } from "./GoalsNav";
import { GoalSummary } from "./GoalSummary";
import { GoalTable } from "./GoalTable";
import { SplitAssistant } from "./SplitAssistant";
import { closure, findRow, goalRows, rowName } from "./tree";
import type { GoalRow } from "./tree";
import { WeeksDrawer } from "./WeeksDrawer";
import "./goals.css";

export default function GoalsPage() {
  const { t } = useTranslation();
  const may = useRights();
  const { period } = useScope();
  const [yearText, setYear] = useSearchParam("year");
  const years = useRead("get_goal_years", {});
  const year = Number(/^\d{4}$/.test(yearText ?? "") ? yearText : (parsePeriod(period)?.year ?? 2026));
  const goal = useRead("get_goal", { metric: "won_amount", year });
  const [panel, setPanel] = useState<"amount" | "split" | "history" | null>(null);
  const company = useRead("get_organisation", {}).data?.units.find((unit) => unit.parent === null);
  // What is changed or split next is the newest goal; the one in force stands below until then.
  const plan = goal.data?.draft ?? goal.data?.plan;
  return (
    <div className="goals-page">
      <Page
        title={t("goals.title")}
        context={t("goals.context")}
        actions={
          <>
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
        <Answer query={goal}>
          {(tree) => <Full key={year} tree={tree} year={year} onSplit={() => setPanel("split")} />}
        </Answer>
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
      {panel === "split" && years.data && <SplitAssistant year={year} years={years.data} onClose={() => setPanel(null)} />}
    </div>
  );
}

function Full({ tree, year, onSplit }: { tree: GoalTree; year: number; onSplit: () => void }) {
  const { t } = useTranslation();
  const may = useRights();
  const { unit } = useScope();
  const currency = useRead("get_status", {}).data?.currency ?? "CNY";
  const { drill, open, close } = useDrill();
  const [weeks, setWeeks] = useState<GoalRow | null>(null);
  const [history, setHistory] = useState<GoalRow | null>(null);
  if (!tree.plan) {
    return (
      <div className="goal-first">
        <EmptyState icon={<Target size={28} aria-hidden />} title={t("goals.empty.title", { year: String(year) })} text={t(may("set_goals") ? "goals.empty.text" : "goals.empty.wait")} />
        {may("set_goals") && <AmountForm year={year} currency={currency} initial={null} onSet={() => undefined} />}
      </div>
    );
  }
  const rows = goalRows(tree);
  const scoped = unit ? findRow(rows, unit) : null;
  const closed = closure(tree);
  const openActual = (row: GoalRow) => row.actual && open(row.actual.drill);
  return (
    <>
      <GoalSummary plan={tree.plan} draft={tree.draft} company={rows[0]} chosen={scoped === rows[0] ? null : scoped} closure={rows.length > 0 ? closed : null} />
      <Notes messages={tree.notes} />
      {rows.length === 0 ? (
        <div className="goal-first">
          <EmptyState
            icon={<GitFork size={28} aria-hidden />}
            title={t("goals.unsplit.title")}
            text={t("goals.unsplit.text")}
            action={
              may("set_goals") && (
                <Button type="primary" onClick={onSplit}>
                  {t("goals.split.open")}
                </Button>
              )
            }
          />
        </div>
      ) : (
        <GoalTable
          key={`${tree.plan.id}-${unit}`}
          rows={scoped ? [scoped] : rows}
          gaps={closed.gaps}
          year={year}
          withActual
          onOpenWeeks={setWeeks}
          onOpenActual={openActual}
        />
      )}
      <WeeksDrawer row={weeks} year={year} onClose={() => setWeeks(null)} onOpenActual={openActual} onHistory={setHistory} />
      <GoalHistoryDrawer unit={history?.unit ?? null} name={history ? rowName(history) : ""} year={year} onClose={() => setHistory(null)} />
      <RecordsDrawer drill={drill} onClose={close} />
    </>
  );
}

/** Years with data or a goal, the shown one, and the one after the last: that is where goals are made. */
function yearChoices(years: GoalYears | undefined, shown: number): number[] {
  const known = [shown, ...(years?.with_goal ?? []), ...(years?.with_data.map(({ year }) => year) ?? [])];
  return [...new Set([...known, Math.max(...known) + 1])].toSorted((a, b) => b - a);
}
