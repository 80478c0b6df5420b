/** The company's calendar, on the fake: the calendar year alone, which is what a new company has. */
import { children, containing } from "../../components/period";
import type { CalendarPeriod, CalendarView, SetCalendar, SpecialDay } from "../generated";
import type { World } from "./company";
import { refuse, type Handlers } from "./fake";

const DAY_MS = 86_400_000;

/** Monday to Friday, without the company's days off. */
function workingDays(start: string, end: string, days: readonly SpecialDay[]): number {
  let count = 0;
  for (let time = Date.parse(start); time < Date.parse(end); time += DAY_MS) {
    const day = new Date(time);
    const special = days.find((one) => one.date === day.toISOString().slice(0, 10));
    const weekend = day.getUTCDay() % 6 === 0;
    count += (special ? special.kind === "working_day" : !weekend) ? 1 : 0;
  }
  return count;
}

function view(world: World, year: number): CalendarView {
  const { rule, holidays, days } = world.calendar;
  const whole = containing("year", `${String(year)}-01-01`);
  const quarters = children(whole);
  const all = [whole, ...quarters.flatMap((quarter) => [quarter, ...children(quarter)])];
  const periods: CalendarPeriod[] = all.map(({ key, kind, start, end }) => ({
    period: key,
    kind,
    start,
    end,
    working_days: workingDays(start, end, days),
  }));
  return { rule, holidays, days, known_years: [], unknown_years: [], periods };
}

export interface CalendarSetting extends SetCalendar {
  days: SpecialDay[];
}

export function calendarYear(): CalendarSetting {
  return {
    rule: { first_month: 1, months: "calendar", year_end: "last", week_start: "monday", named_by: "start" },
    holidays: "none",
    days: [],
  };
}

export const calendarHandlers = {
  get_calendar: ({ year }, { world }) => view(world, year ?? 2026),
  set_calendar: (args, { world, changed }) => {
    if (args.rule.first_month < 1 || args.rule.first_month > 12) throw refuse("first_month_invalid", { value: String(args.rule.first_month) });
    world.calendar = { ...world.calendar, ...args };
    changed("settings", "history");
    return view(world, 2026);
  },
  add_holidays: ({ days, replace }, { world, changed }) => {
    const kept = replace ? [] : world.calendar.days.filter((one) => !days.some((day) => day.date === one.date));
    const all = [...kept, ...days].toSorted((a, b) => a.date.localeCompare(b.date));
    world.calendar = { ...world.calendar, days: all };
    changed("settings", "history");
    return view(world, 2026);
  },
} satisfies Partial<Handlers>;
