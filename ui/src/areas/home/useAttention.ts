/** What wants attention, from the answers of four areas. Each item names its place. */
import type { CycleAction, Message, Metric, Status } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { containing, lastDay, parsePeriod, shift } from "../../components/period";
import { useRights } from "../../components/rights";
import { useScope } from "../../components/scope";
import { useLanguage } from "../../i18n";

const METRIC: Metric = "won_amount";

/** Steps of a bonus cycle for which others wait. */
const AWAITED: ReadonlySet<CycleAction> = new Set(["approve_team", "approve_hr", "approve_pay", "pay", "reopen"]);

/** What an early warning of the forecast is of. */
const WARNINGS = ["pace", "coverage", "change"] as const;
export type WarningKind = (typeof WARNINGS)[number];

export type Item =
  | { code: "no_data" }
  | { code: "rejected"; rows: number; batch: string }
  | { code: "no_goal"; year: number }
  | { code: "goal_not_split"; year: number }
  | { code: "bonus_not_run"; quarter: string }
  | { code: "bonus_waits"; period: string; plan: string }
  | { code: "no_target_bonus"; people: number }
  | { code: "warning"; kind: WarningKind; period: string; message: Message };

export interface AttentionState {
  items: Item[];
  loading: boolean;
  errors: unknown[];
  /** Reads again what could not be read. */
  retry: () => void;
}

export function useAttention(status: Status): AttentionState {
  const { period: key, unit } = useScope();
  const language = useLanguage();
  const period = parsePeriod(key) ?? containing("quarter", status.today);
  const year = Number(lastDay(period).slice(0, 4));
  const quarter = lastFullQuarter(lastDay(period), status.data_up_to);

  // Each item is a task of whoever may do it; what nobody here may do is not asked for.
  const may = useRights();
  const years = useRead("get_goal_years", {}, { enabled: may("set_goals") });
  const hasGoal = years.data?.with_goal.includes(year) ?? false;
  const goal = useRead("get_goal", { metric: METRIC, year }, { enabled: hasGoal });
  const runs = useRead("list_bonus_runs", {}, { enabled: may("run_bonus") });
  const cycles = useRead("list_bonus_cycles", {}, { enabled: may("run_bonus") || may("approve_team_bonus") });
  const bonuses = useRead("list_target_bonuses", {}, { enabled: may("set_target_bonuses") });

  const hasData = status.data_up_to !== null;
  // Of the quarter under way, as the forecast's page opens with it.
  const landing = useRead("get_landing", { grain: "quarter", as_of: null, unit, by: null, language }, { enabled: hasData && may("see_team_results") });

  const items: Item[] = [];
  if (!hasData) items.push({ code: "no_data" });
  const batch = status.last_batch;
  if (batch && batch.rejected_rows > 0 && may("see_imports")) items.push({ code: "rejected", rows: batch.rejected_rows, batch: batch.id });
  if (years.data && !hasGoal) items.push({ code: "no_goal", year });
  const newest = goal.data?.draft ?? goal.data?.plan;
  if (newest?.split_by === null) items.push({ code: "goal_not_split", year });
  // A bonus needs goals of persons: none without a goal, and none before it is split.
  const quarterYear = Number(quarter?.slice(0, 4));
  const unsplit = quarterYear === year && goal.data?.plan?.split_by === null;
  const canRun = years.data?.with_goal.includes(quarterYear) && !unsplit;
  if (quarter && canRun && runs.data?.periods.includes(quarter) && !runs.data.runs.some((run) => run.period === quarter)) {
    items.push({ code: "bonus_not_run", quarter });
  }
  for (const cycle of cycles.data ?? []) {
    if (cycle.can.some((action) => AWAITED.has(action))) items.push({ code: "bonus_waits", period: cycle.period, plan: cycle.plan });
  }
  const without = bonuses.data?.filter((row) => row.per_quarter === null).length ?? 0;
  if (without > 0) items.push({ code: "no_target_bonus", people: without });
  // The quarter under way is not always the one that is chosen: its name is told.
  for (const { kind, state, message } of landing.data?.warnings ?? []) {
    const known = WARNINGS.find((one) => one === kind);
    if (known && state === "warn") items.push({ code: "warning", kind: known, period: landing.data?.period_label ?? "", message });
  }

  const queries = [years, runs, cycles, bonuses, landing, ...(hasGoal ? [goal] : [])];
  return {
    items,
    loading: queries.some((query) => query.isLoading),
    errors: queries.flatMap((query) => query.error ?? []),
    retry: () => queries.forEach((query) => query.error && void query.refetch()),
  };
}

/** The quarter of a day if the data covers all of it, else the one before; null if that one is not covered either. */
export function lastFullQuarter(day: string, dataUpTo: string | null): string | null {
  const own = containing("quarter", day);
  for (const quarter of [own, shift(own, -1)]) {
    if (dataUpTo !== null && lastDay(quarter) <= dataUpTo) return quarter.key;
  }
  return null;
}
