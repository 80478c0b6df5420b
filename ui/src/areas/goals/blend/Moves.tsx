/** Before and after a split: who gets more, who less, and what that is over last year's result. */
import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { useBackend, type BackendError } from "../../../backend/backend";
import type { GoalMetric, GoalTree } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { ErrorState } from "../../../components/ErrorState";
import { Change } from "../../../components/figures";
import { compareExact, currencySymbol, formatChange, formatDecimal, MINUS, signOf } from "../../../components/format";
import { useTerm } from "../../../i18n/say";
import { bySize, movesOf, type LastYear, type Move } from "./moves";
import { useGoalMetric } from "../metric";

const LEVELS = ["all", "department", "team", "person"] as const;
type Shown = (typeof LEVELS)[number];
/** What moves most, in words. */
const MOST = 3;

export function Moves({ after, year }: { after: GoalTree; year: number }) {
  const { t } = useTranslation();
  const [metric] = useGoalMetric();
  const before = useRead("get_goal", { metric, year });
  const last = useLastYear(metric, year);
  const [shown, setShown] = useState<Shown>("all");
  const moves = useMemo(() => movesOf(before.data, after, last.data ?? null).toSorted(bySize), [before.data, after, last.data]);
  const rows = shown === "all" ? moves : moves.filter(({ level }) => level === shown);
  const columns = useColumns(after.plan?.amount.currency ?? "", year);
  const most = moves.filter(({ level, difference }) => level === "person" && signOf(difference) !== 0).slice(0, MOST);
  return (
    <div className="goal-moves" data-testid="goal-moves">
      <header>
        <h3>{t("goalMoves.title")}</h3>
        <Segmented<Shown>
          size="small"
          aria-label={t("goalMoves.level")}
          value={shown}
          onChange={setShown}
          options={LEVELS.map((value) => ({ value, label: t(`goalMoves.levels.${value}`) }))}
        />
      </header>
      {most.length > 0 && (
        <p className="blend-most" data-testid="goal-moves-most">
          <span className="quiet">{t("goalMoves.most")}</span>
          {most.map((move) => (
            <span key={move.key}>
              {move.name} <span className="figure">{signed(move.difference)}</span>
            </span>
          ))}
        </p>
      )}
      {before.error && <ErrorState error={before.error} onRetry={() => void before.refetch()} />}
      {last.error && <ErrorState error={last.error} onRetry={() => void last.refetch()} />}
      <DataTable label={t("goalMoves.title")} columns={columns} rows={rows} rowKey={(row) => row.key} maxHeight={380} testId="goal-moves-table" rowTestId={(row) => `move-${row.unit}`} />
    </div>
  );
}

function useColumns(currency: string, year: number): Column<Move>[] {
  const { t } = useTranslation();
  const term = useTerm();
  return useMemo(() => {
    const symbol = currencySymbol(currency).trim();
    const level = (row: Move) => (row.level === "person" ? row.parent : term("unit_kind", row.level));
    return [
      { key: "name", title: t("goalMoves.unit"), text: (row) => row.name, compare: (a, b) => a.name.localeCompare(b.name, "zh-CN") },
      { key: "level", title: t("goalMoves.where"), text: level },
      { key: "before", title: t("goalMoves.beforeOf", { symbol }), text: (row) => formatDecimal(row.before), numeric: true, compare: (a, b) => compareExact(a.before ?? "", b.before ?? "") },
      { key: "after", title: t("goalMoves.afterOf", { symbol }), text: (row) => formatDecimal(row.after), numeric: true, compare: (a, b) => compareExact(a.after, b.after) },
      { key: "difference", title: t("goalMoves.difference", { symbol }), text: (row) => signed(row.difference), numeric: true, compare: (a, b) => compareExact(a.difference, b.difference) },
      { key: "last", title: t("goalMoves.lastYear", { year: String(year - 1), symbol }), text: (row) => formatDecimal(row.lastYear), numeric: true, compare: (a, b) => compareExact(a.lastYear ?? "", b.lastYear ?? "") },
      {
        key: "growth",
        title: t("goalMoves.growth"),
        text: (row) => formatChange(row.growth),
        render: (row) => <Change value={row.growth} />,
        numeric: true,
        compare: (a, b) => compareExact(a.growth ?? "", b.growth ?? ""),
        width: 110,
      },
    ];
  }, [t, term, currency, year]);
}

function signed(amount: string): string {
  const text = formatDecimal(amount);
  return signOf(amount) > 0 ? `+${text}` : text.replace("-", MINUS);
}

/** Last year's results; null where the year has none. */
function useLastYear(metric: GoalMetric, year: number) {
  const backend = useBackend();
  return useQuery<LastYear | null, BackendError>({
    queryKey: ["last_year_of_split", metric, year],
    queryFn: async () => {
      const ask = async (by: "person" | "team") => {
        const table = await backend.call("get_metric", { metric, by, grain: null, from: `${year - 1}-01-01`, to: `${year}-01-01`, unit: null, compare: null });
        return { rows: table.rows.flatMap(({ key, cell }) => (cell.shown === null ? [] : [{ key, value: cell.shown }])), total: table.total.shown ?? "0" };
      };
      const [people, teams] = await Promise.all([ask("person"), ask("team")]);
      return teams.rows.length === 0 && people.rows.length === 0 ? null : { people, teams };
    },
    // The assistant asks anew each time it opens.
    gcTime: 0,
    staleTime: 0,
  });
}
