/** The organisation unit and period chosen in the top bar. They live in the address and persist across areas. */
import { useNavigate, useSearch } from "@tanstack/react-router";

import { useRead } from "../backend/query";
import { containing, parsePeriod } from "./period";

export interface ScopeState {
  /** Unit id; null is the whole company. */
  unit: string | null;
  /** Period key, always a valid one. */
  period: string;
  setUnit(unit: string | null): void;
  setPeriod(period: string): void;
}

/** The scope, with the program's default period until one is chosen. */
export function useScope(): ScopeState {
  const search: { unit?: string; period?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const status = useRead("get_status", {}).data;
  const chosen = search.period && parsePeriod(search.period) ? search.period : null;
  const fallback = status?.default_period ?? containing("quarter", status?.today ?? "2026-01-01").key;
  const set = (change: { unit?: string | undefined; period?: string }) =>
    void navigate({ to: ".", search: (old: Record<string, unknown>) => ({ ...old, ...change }) as never });
  return {
    unit: search.unit ?? null,
    period: chosen ?? fallback,
    setUnit: (unit) => set({ unit: unit ?? undefined }),
    setPeriod: (period) => set({ period }),
  };
}
