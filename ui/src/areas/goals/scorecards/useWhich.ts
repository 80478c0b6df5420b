/** Whose figures, and of which period: both live in the address. */
import { useNavigate } from "@tanstack/react-router";

import type { Days, GetScorecardResult, OrganisationTree } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { containing, daysOf, halfAround, lastDay, parsePeriod } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useScope } from "../../../components/scope";
import { useSearchParam } from "../../../components/useSearchParam";

export const KINDS = ["year", "half", "quarter", "month"] as const;
export type KpiKind = (typeof KINDS)[number];
export type Asked = Pick<GetScorecardResult, "unit" | "person">;

export interface KpiPeriod {
  key: string;
  kind: KpiKind;
  year: number;
  days: Days;
}

export interface Which {
  period: KpiPeriod;
  setKind: (kind: KpiKind) => void;
  /** Id of the unit or person; null: one's own, or the topmost unit that one sees. */
  who: string | null;
  setWho: (who: string) => void;
  asked: Asked;
  /** Only own results are seen: there is nobody to choose. */
  seesMore: boolean;
  /** The organisation says whether an id is a unit or a person. */
  ready: boolean;
}

export function useWhich(): Which {
  const navigate = useNavigate();
  const may = useRights();
  const { period: scoped, unit } = useScope();
  const [half] = useSearchParam("half");
  const [chosen, setWho] = useSearchParam("who");
  const seesMore = may("see_team_results") || may("see_all_results");
  const who = seesMore ? (chosen ?? unit) : null;
  const organisation = useRead("get_organisation", {}, { enabled: who !== null }).data;
  const last = lastDayOf(scoped);
  const setKind = (kind: KpiKind) => {
    const change = kind === "half" ? { half: "1" } : { half: undefined, period: containing(kind, last).key };
    void navigate({ to: ".", search: (old: Record<string, unknown>) => ({ ...old, ...change }) as never });
  };
  return { period: kpiPeriod(scoped, half === "1"), setKind, who, setWho, asked: askedOf(who, organisation), seesMore, ready: who === null || organisation !== undefined };
}

function lastDayOf(scoped: string): string {
  const period = parsePeriod(scoped);
  return period ? lastDay(period) : "2026-12-31";
}

/** KPIs have years, halves, quarters and months; of a week its month is meant. */
export function kpiPeriod(scoped: string, half: boolean): KpiPeriod {
  const period = parsePeriod(scoped) ?? containing("year", lastDayOf(scoped));
  const kind = period.kind === "year" || period.kind === "quarter" ? period.kind : "month";
  const key = half ? halfAround(lastDayOf(scoped)) : period.kind === kind ? period.key : containing(kind, period.start).key;
  const days = daysOf(key) ?? { from: period.start, to: period.end };
  return { key, kind: half ? "half" : kind, year: Number(key.slice(0, 4)), days };
}

/** An id as the program wants it: of a person where the organisation has one of it, else of a unit. */
export function askedOf(who: string | null, organisation: OrganisationTree | undefined): Asked {
  if (who === null) return {};
  return organisation?.people.some(({ id }) => id === who) ? { person: who } : { unit: who };
}

/** The periods of a year that a goal may be set for: the year, its halves, quarters and months. */
export function periodsOfYear(year: number): string[] {
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, "0")}`);
  return [String(year), ...[1, 2].map((at) => `${year}-H${at}`), ...[1, 2, 3, 4].map((at) => `${year}-Q${at}`), ...months];
}
