/** Which period of a goal is looked at: of the window's, or of the company's own calendar where that is another one. */
import type { DefaultOptionType } from "antd/es/select";
import { useTranslation } from "react-i18next";

import type { CalendarRule, CalendarView } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { periodLabel } from "../../../components/period";
import { useSearchParam } from "../../../components/useSearchParam";
import { useLanguage } from "../../../i18n";

/** The year that a period is of: `2026-Q1`, `FY2026-P01@04`. */
export function yearOf(key: string): number {
  return Number(/^(?:FY)?(\d{4})/.exec(key)?.[1] ?? 2026);
}

/** A period of the company's calendar that was chosen; it holds until the window's own period is another one. */
export function useOwnPeriod(scoped: string): [string | null, (key: string) => void] {
  const [text, setText] = useSearchParam("goal_period");
  const [of, key] = text?.split("~") ?? [];
  return [of === scoped && key ? key : null, (next) => setText(`${scoped}~${next}`)];
}

/** Years, quarters and months of the company's calendar around a year; null where it is the calendar year. */
export function useFiscalPeriods(year: number): DefaultOptionType[] | null {
  const { t } = useTranslation();
  const language = useLanguage();
  const before = useRead("get_calendar", { year: year - 1 }).data;
  const own = useRead("get_calendar", { year }).data;
  const after = useRead("get_calendar", { year: year + 1 }).data;
  if (!own || isCalendarYear(own.rule)) return null;
  return [before, own, after].flatMap((view) => (view ? groupOf(view) : []));

  function groupOf({ periods }: CalendarView): DefaultOptionType {
    const label = periodLabel(periods[0]?.period ?? "", t, language);
    const options = periods
      .filter(({ kind }) => kind !== "half")
      .map(({ period }) => ({ value: period, label: periodLabel(period, t, language) }));
    return { label, title: label, options };
  }
}

function isCalendarYear({ first_month: first, months }: CalendarRule): boolean {
  return first === 1 && months === "calendar";
}
