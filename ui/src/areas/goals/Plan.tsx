/** The year's plan: what it comes to, and the tree-table; without one, the way to make it. */
import { Button, Skeleton } from "antd";
import { GitFork, Target } from "lucide-react";
import { useMemo, useState } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import type { BackendError } from "../../backend/backend";
import type { GoalTree, GridRow } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { useDrill } from "../../components/drill";
import { Notes } from "../../components/MessageText";
import { Answer, EmptyState } from "../../components/Page";
import { RecordsDrawer } from "../../components/RecordsDrawer";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { AmountForm } from "./AmountForm";
import { GoalHistoryDrawer } from "./GoalHistoryDrawer";
import { GoalSummary } from "./GoalSummary";
import { GoalWhyDrawer } from "./GoalWhyDrawer";
import { GoalGridView } from "./grid/GoalGridView";
import { closure, findRow, goalRows, rowName, type GoalRow } from "./tree";
import { WeeksDrawer } from "./WeeksDrawer";
import { currencyOf, useGoalMetric } from "./metric";

interface Props {
  goal: UseQueryResult<GoalTree, BackendError>;
  year: number;
  onSplit: () => void;
}

/**
 * The table comes from its own windows, so that a large company does not wait for all of its goal; what needs all of
 * it (whether everything sums, what was reached) stands above as soon as it is here.
 */
export function Plan({ goal, year, onSplit }: Props) {
  const [metric] = useGoalMetric();
  const head = useRead("get_goal_grid", { metric, year, columns: "quarters", expanded: [], offset: 0, limit: 1 });
  return (
    <Answer query={head}>
      {({ plan, total }) =>
        plan || goal.data?.plan ? <Full goal={goal} year={year} split={total > 0} onSplit={onSplit} /> : <First year={year} />
      }
    </Answer>
  );
}

function First({ year }: { year: number }) {
  const { t } = useTranslation();
  const may = useRights();
  const [metric] = useGoalMetric();
  const company = useRead("get_status", {}).data?.currency ?? "CNY";
  const currency = currencyOf(metric, company);
  return (
    <div className="goal-first">
      <EmptyState icon={<Target size={28} aria-hidden />} title={t("goals.empty.title", { year: String(year) })} text={t(may("set_goals") ? "goals.empty.text" : "goals.empty.wait")} />
      {may("set_goals") && <AmountForm year={year} currency={currency} initial={null} onSet={() => undefined} />}
    </div>
  );
}

function Full({ goal, year, split, onSplit }: Props & { split: boolean }) {
  const { t } = useTranslation();
  const may = useRights();
  const { unit } = useScope();
  const [metric] = useGoalMetric();
  const { drill, open, close } = useDrill();
  const [weeks, setWeeks] = useState<GoalRow | null>(null);
  const [history, setHistory] = useState<{ unit: string; name: string } | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const tree = goal.data;
  const rows = useMemo(() => (tree ? goalRows(tree) : []), [tree]);
  const openActual = (row: GoalRow) => row.actual?.drill && open(row.actual.drill);
  /** A row of the table as the drawer of weeks knows it. */
  const details = (row: GridRow, periods: readonly string[]) => {
    const known = findRow(rows, row.unit);
    const amounts = new Map([...(known?.amounts ?? []), ...periods.map((period, place) => [period, row.amounts[place] ?? ""] as const)]);
    setWeeks({
      key: row.unit,
      unit: row.unit,
      parent: row.parent,
      name: row.name,
      number: known?.number ?? null,
      level: row.level,
      depth: row.depth,
      amounts,
      currency: tree?.plan?.amount.currency ?? "",
      actual: known?.actual,
      children: [],
    });
  };
  return (
    <>
      <Answer query={goal} skeleton={<Skeleton.Node active className="goal-summary-wait" />}>
        {(whole) => <Above tree={whole} rows={rows} chosen={unit ? findRow(rows, unit) : null} />}
      </Answer>
      {!split ? (
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
        <GoalGridView year={year} unit={unit} onDetails={details} onHistory={(row) => setHistory({ unit: row.unit, name: row.name })} onWhy={(row) => setWhy(row.unit)} />
      )}
      <WeeksDrawer
        row={weeks}
        year={year}
        onClose={() => setWeeks(null)}
        onOpenActual={openActual}
        onHistory={(row) => setHistory({ unit: row.unit, name: rowName(row) })}
      />
      <GoalHistoryDrawer unit={history?.unit ?? null} name={history?.name ?? ""} year={year} onClose={() => setHistory(null)} />
      <GoalWhyDrawer unit={why} year={year} metric={metric} onClose={() => setWhy(null)} />
      <RecordsDrawer drill={drill} onClose={close} />
    </>
  );
}

/** What needs the whole goal. */
function Above({ tree, rows, chosen }: { tree: GoalTree; rows: GoalRow[]; chosen: GoalRow | null }) {
  const closed = useMemo(() => closure(tree), [tree]);
  if (!tree.plan) return null;
  return (
    <>
      <GoalSummary plan={tree.plan} draft={tree.draft} company={rows[0]} chosen={chosen === rows[0] ? null : chosen} closure={rows.length > 0 ? closed : null} />
      <Notes messages={tree.notes} />
    </>
  );
}
