/** The rows of the tree-table, fetched in windows as they come into sight. */
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import { useBackend } from "../../../backend/backend";
import type { GetGoalGrid, GoalGrid, GridRow } from "../../../backend/generated";
import { read } from "../../../backend/query";

/** Rows of a window. */
export const WINDOW_ROWS = 200;

export type GridQuestion = Omit<GetGoalGrid, "offset" | "limit">;

export interface GridRows {
  /** Everything about the table but its rows; undefined before the first answer. */
  head: GoalGrid | undefined;
  total: number;
  /** Undefined while its window is on the way. */
  rowAt: (index: number) => GridRow | undefined;
  /** Where a unit or person stands among the rows that are here. */
  indexOf: (unit: string) => number | null;
  /** Rows that are here. */
  loaded: readonly GridRow[];
  /** Rows by place, fetched where they are not here. */
  rowsFor: (first: number, count: number) => Promise<(GridRow | undefined)[]>;
  /** Tells which rows are in sight. */
  onSight: (first: number, last: number) => void;
  error: unknown;
  refetch: () => void;
}

/** What the windows hold together. A class, so that nobody compares it by its ten thousands of parts. */
class Snapshot {
  readonly head: GoalGrid | undefined;
  readonly rows: ReadonlyMap<number, GridRow>;

  constructor(grids: readonly (GoalGrid | undefined)[]) {
    const rows = new Map<number, GridRow>();
    for (const grid of grids) for (const [place, row] of (grid?.rows ?? []).entries()) rows.set((grid?.offset ?? 0) + place, row);
    this.head = grids.find((grid) => grid !== undefined);
    this.rows = rows;
  }
}

export function useGridRows(question: GridQuestion): GridRows {
  const backend = useBackend();
  const client = useQueryClient();
  const [windows, setWindows] = useState<readonly number[]>([0]);
  const options = (window: number) => read(backend, "get_goal_grid", { ...question, offset: window * WINDOW_ROWS, limit: WINDOW_ROWS });
  const answers = useQueries({ queries: windows.map(options), combine });
  const { snapshot } = answers;
  // What opens or is searched changes the question: the rows of before stay until the answer comes.
  const [kept, setKept] = useState(snapshot);
  if (snapshot.head && snapshot !== kept) setKept(snapshot);
  const { head, rows } = snapshot.head ? snapshot : kept;
  const rowAt = useCallback((index: number) => rows.get(index), [rows]);
  return {
    head,
    total: head?.total ?? 0,
    rowAt,
    indexOf: (unit) => [...rows].find(([, row]) => row.unit === unit)?.[0] ?? null,
    loaded: useMemo(() => [...rows.values()], [rows]),
    rowsFor: async (first, count) => {
      const last = Math.min(first + count, head?.total ?? 0) - 1;
      const wanted = windowsOf(first, last);
      const grids = await Promise.all(wanted.map((window) => client.fetchQuery(options(window))));
      const found = new Snapshot(grids).rows;
      return Array.from({ length: count }, (_, place) => found.get(first + place));
    },
    onSight: useCallback((first: number, last: number) => {
      const next = windowsOf(first, last);
      setWindows((old) => (old.length === next.length && old.every((window, place) => window === next[place]) ? old : next));
    }, []),
    error: answers.error,
    refetch: answers.refetch,
  };
}

function combine(results: { data?: GoalGrid | undefined; error: unknown; refetch: () => unknown }[]) {
  return {
    snapshot: new Snapshot(results.map(({ data }) => data)),
    error: results.find(({ error }) => error)?.error ?? null,
    refetch: () => {
      for (const { error, refetch } of results) if (error) void refetch();
    },
  };
}

function windowsOf(first: number, last: number): number[] {
  const [from, to] = [Math.floor(Math.max(0, first) / WINDOW_ROWS), Math.floor(Math.max(0, last) / WINDOW_ROWS)];
  return Array.from({ length: to - from + 1 }, (_, place) => from + place);
}
