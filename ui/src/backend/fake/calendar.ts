/** The company's calendar, on the fake: years from any month, of calendar months or of weeks; Monday to Friday and own days. */
import type { CalendarPeriod, CalendarRule, CalendarView, SetCalendar, SpecialDay, WeekDay } from "../generated";
import type { World } from "./company";
import { refuse, type Handlers } from "./fake";
import { note } from "./history";

const DAY_MS = 86_400_000;
const WEEK_DAYS: readonly WeekDay[] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

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

/** First day of a year, in milliseconds. */
function yearStart(rule: CalendarRule, year: number): number {
  const named = rule.first_month > 1 && rule.named_by === "end" ? year - 1 : year;
  const nominal = Date.UTC(named, rule.first_month - 1, 1);
  if (rule.months === "calendar") return nominal;
  const back = (new Date(nominal).getUTCDay() - WEEK_DAYS.indexOf(rule.week_start) + 7) % 7;
  return nominal - back * DAY_MS + (rule.year_end === "nearest" && back > 3 ? 7 * DAY_MS : 0);
}

/** Thirteen bounds of twelve months. */
function bounds(rule: CalendarRule, year: number): number[] {
  const start = yearStart(rule, year);
  const first = new Date(start);
  if (rule.months === "calendar") return Array.from({ length: 13 }, (_, month) => Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1));
  const weeks = rule.months.split("-").map(Number);
  const all = [start];
  for (let month = 0; month < 11; month += 1) all.push((all.at(-1) ?? 0) + (weeks[month % 3] ?? 4) * 7 * DAY_MS);
  // The 53rd week is the last month's.
  return [...all, yearStart(rule, year + 1)];
}

/** What keys of periods end with; nothing for the calendar year. */
function suffix(rule: CalendarRule): string {
  const two = String(rule.first_month).padStart(2, "0");
  const parts = [
    two,
    ...(rule.months === "calendar" ? [] : [rule.months.replaceAll("-", "")]),
    ...(rule.months !== "calendar" && rule.year_end === "nearest" ? ["nearest"] : []),
    ...(rule.week_start === "monday" ? [] : [rule.week_start.slice(0, 3)]),
    ...(rule.first_month > 1 && rule.named_by === "end" ? ["end"] : []),
  ];
  return parts.join("-");
}

export function calendarOf(world: World, asked: number | null): CalendarView {
  const { rule, holidays, days } = world.calendar;
  const year = asked ?? [2025, 2026, 2027].findLast((one) => iso(yearStart(rule, one)) <= world.today) ?? 2026;
  const edges = bounds(rule, year).map(iso);
  const mark = suffix(rule);
  const key = (plain: string, fiscal: string) => (mark === "01" ? `${year}${plain}` : `FY${year}${fiscal}@${mark}`);
  const two = (month: number) => String(month).padStart(2, "0");
  const period = (name: string, kind: string, from: number, to: number): CalendarPeriod => {
    const [start = "", end = ""] = [edges[from], edges[to]];
    return { period: name, kind, start, end, working_days: workingDays(start, end, days) };
  };
  const periods = [period(key("", ""), "year", 0, 12)];
  for (let half = 0; half < 2; half += 1) {
    periods.push(period(key(`-H${half + 1}`, `-H${half + 1}`), "half", half * 6, half * 6 + 6));
    for (let quarter = half * 2; quarter < half * 2 + 2; quarter += 1) {
      periods.push(period(key(`-Q${quarter + 1}`, `-Q${quarter + 1}`), "quarter", quarter * 3, quarter * 3 + 3));
      for (let month = quarter * 3; month < quarter * 3 + 3; month += 1) {
        periods.push(period(key(`-${two(month + 1)}`, `-P${two(month + 1)}`), "month", month, month + 1));
      }
    }
  }
  // The fake has no holidays of its own; of later years than these nobody has any yet.
  const known = holidays === "china" ? [2024, 2025, 2026] : [];
  const touched = [...new Set([Number(edges[0]?.slice(0, 4)), Number(iso(Date.parse(edges[12] ?? "") - DAY_MS).slice(0, 4))])];
  return { rule, holidays, days, known_years: known, unknown_years: holidays === "china" ? touched.filter((one) => !known.includes(one)) : [], periods };
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

function keep(world: World, next: CalendarSetting): void {
  const before = world.calendar;
  world.calendar = next;
  note(world, "setting", { code: "change_setting", params: { key: "calendar" } }, [], () => {
    world.calendar = before;
  });
}

export const calendarHandlers = {
  get_calendar: ({ year }, { world }) => calendarOf(world, year),
  set_calendar: (args, { world, changed }) => {
    if (args.rule.first_month < 1 || args.rule.first_month > 12) throw refuse("first_month_invalid", { value: String(args.rule.first_month) });
    keep(world, { ...world.calendar, ...args });
    changed("settings", "history");
    return calendarOf(world, null);
  },
  add_holidays: ({ days, replace }, { world, changed }) => {
    const kept = replace ? [] : world.calendar.days.filter((one) => !days.some((day) => day.date === one.date));
    const all = [...kept, ...days].toSorted((a, b) => a.date.localeCompare(b.date));
    keep(world, { ...world.calendar, days: all });
    changed("settings", "history");
    return calendarOf(world, null);
  },
} satisfies Partial<Handlers>;
