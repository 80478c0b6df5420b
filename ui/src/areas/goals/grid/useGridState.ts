/** What of the tree-table is shown: periods and search in the address, open units while the page is open. */
import { useEffect, useState } from "react";

import type { GoalAbove, GridColumns, GridRow, OrganisationTree } from "../../../backend/generated";
import { useDraft } from "../../../components/useDraft";
import { useSearchParam } from "../../../components/useSearchParam";

export const COLUMNS: readonly GridColumns[] = ["quarters", "months", "weeks"];
/** Every unit, for the program. */
const ALL = "*";
const SEARCH_AFTER_MS = 200;

export interface GridState {
  columns: GridColumns;
  setColumns: (columns: GridColumns) => void;
  /** As typed. */
  search: string;
  setSearch: (text: string) => void;
  /** As asked for: a moment after the last key. */
  asked: string;
  expanded: readonly string[];
  isAllOpen: boolean;
  fold: (row: GridRow, loaded: readonly GridRow[]) => void;
  openAll: () => void;
  closeAll: () => void;
  /** Chosen once, kept while the window is open. */
  above: GoalAbove;
  setAbove: (above: GoalAbove) => void;
}

export function useGridState(organisation: OrganisationTree | undefined, unit: string | null): GridState {
  const [columnsText, setColumns] = useSearchParam("columns");
  const [search, setSearch] = useState("");
  const [asked, setAsked] = useState("");
  const [above, setAbove] = useDraft<GoalAbove>("goals.above");
  // What was opened by hand stays for the unit that is chosen in the top bar.
  const [opened, setOpened] = useState<{ unit: string | null; ids: readonly string[] } | null>(null);
  const expanded = opened?.unit === unit && opened ? opened.ids : openAtFirst(organisation, unit);
  const set = (ids: readonly string[]) => setOpened({ unit, ids });
  useEffect(() => {
    const timer = setTimeout(() => setAsked(search.trim()), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [search]);
  return {
    columns: COLUMNS.find((one) => one === columnsText) ?? "quarters",
    setColumns: (columns) => setColumns(columns, true),
    search,
    setSearch,
    asked,
    expanded,
    isAllOpen: expanded.includes(ALL),
    fold: (row, loaded) => {
      // One closed among all open: from now on they are named.
      const open = expanded.includes(ALL)
        ? [...new Set([...(organisation?.units.map(({ id }) => id) ?? []), ...loaded.filter((one) => one.expanded).map((one) => one.unit)])]
        : expanded;
      set(row.expanded ? open.filter((one) => one !== row.unit) : [...open.filter((one) => one !== row.unit), row.unit]);
    },
    openAll: () => set([ALL]),
    closeAll: () => set([]),
    above: above ?? "grow",
    setAbove,
  };
}

/** The topmost and its departments; with a chosen unit, what leads to it, and itself. */
function openAtFirst(organisation: OrganisationTree | undefined, unit: string | null): readonly string[] {
  const units = organisation?.units ?? [];
  const parents = new Map(units.map(({ id, parent }) => [id as string, parent as string | null]));
  const root = units.find(({ parent }) => parent === null)?.id;
  if (unit === null || !parents.has(unit)) return units.filter(({ id, parent }) => id === root || parent === root).map(({ id }) => id);
  const path: string[] = [];
  for (let at: string | null = unit; at !== null && !path.includes(at); at = parents.get(at) ?? null) path.push(at);
  return path;
}
