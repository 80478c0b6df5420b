/** Period keys as the program's calendar writes them (`2018`, `2018-Q1`, `2018-01`, `2018-01/W05`, `2018-W05`). */
import type { TFunction } from "i18next";

import type { Days } from "../backend/generated";
import type { Language } from "../i18n";

export type Kind = "year" | "quarter" | "month" | "cut_week" | "iso_week";

/** A period read from its key. Days are ISO strings; `end` is the day after the last. */
export interface Period {
  key: string;
  kind: Kind;
  year: number;
  /** Quarter, month or week number; the month of a cut week is in `month`. */
  part: number;
  month: number | null;
  start: string;
  end: string;
}

const DAY_MS = 86_400_000;
const two = (value: number) => String(value).padStart(2, "0");
const four = (value: number) => String(value).padStart(4, "0");

function utc(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day);
}

function iso(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function timeOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** Monday of the ISO week that holds a day, and the week's year and number. */
function isoWeek(time: number): { monday: number; year: number; week: number } {
  const weekday = (new Date(time).getUTCDay() + 6) % 7;
  const monday = time - weekday * DAY_MS;
  // The week belongs to the year of its Thursday.
  const year = new Date(monday + 3 * DAY_MS).getUTCFullYear();
  const fourth = utc(year, 1, 4);
  const first = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS;
  return { monday, year, week: Math.round((monday - first) / (7 * DAY_MS)) + 1 };
}

/** The period of a kind that holds a day. */
export function containing(kind: Kind, day: string): Period {
  const time = timeOf(day);
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  if (kind === "iso_week") {
    const week = isoWeek(time);
    return {
      key: `${four(week.year)}-W${two(week.week)}`,
      kind,
      year: week.year,
      part: week.week,
      month: null,
      start: iso(week.monday),
      end: iso(week.monday + 7 * DAY_MS),
    };
  }
  if (kind === "cut_week") {
    const week = isoWeek(time);
    return {
      key: `${four(year)}-${two(month)}/W${two(week.week)}`,
      kind,
      year,
      part: week.week,
      month,
      start: iso(Math.max(week.monday, utc(year, month, 1))),
      end: iso(Math.min(week.monday + 7 * DAY_MS, utc(year, month + 1, 1))),
    };
  }
  if (kind === "month") {
    const key = `${four(year)}-${two(month)}`;
    return { key, kind, year, part: month, month, start: iso(utc(year, month, 1)), end: iso(utc(year, month + 1, 1)) };
  }
  if (kind === "quarter") {
    const quarter = Math.ceil(month / 3);
    const [start, end] = [utc(year, quarter * 3 - 2, 1), utc(year, quarter * 3 + 1, 1)];
    return { key: `${four(year)}-Q${quarter}`, kind, year, part: quarter, month: null, start: iso(start), end: iso(end) };
  }
  return { key: four(year), kind, year, part: year, month: null, start: iso(utc(year, 1, 1)), end: iso(utc(year + 1, 1, 1)) };
}

/** Reads a key; null if it names no period. */
export function parsePeriod(key: string): Period | null {
  const match = /^(\d{4})(?:-Q([1-4])|-W(\d{2})|-(\d{2})(?:\/W(\d{2}))?)?$/.exec(key);
  if (!match) return null;
  const year = Number(match[1]);
  if (year < 1900 || year > 2200) return null;
  const [quarter, week, month, cut] = [match[2], match[3], match[4], match[5]].map((x) => (x ? Number(x) : null));
  if (quarter) return containing("quarter", iso(utc(year, quarter * 3 - 2, 1)));
  if (week) return existing(containing("iso_week", iso(utc(year, 1, 4) + (week - 1) * 7 * DAY_MS)), key);
  if (!month) return match[4] || match[3] ? null : containing("year", `${match[1]}-01-01`);
  if (month > 12) return null;
  const whole = containing("month", `${match[1]}-${two(month)}-01`);
  return cut === null || cut === undefined ? whole : (children(whole).find((child) => child.part === cut) ?? null);
}

function existing(period: Period, key: string): Period | null {
  return period.key === key ? period : null;
}

/** All periods of a kind that overlap `[from, to)`, in order. */
export function periods(kind: Kind, from: string, to: string): Period[] {
  const all: Period[] = [];
  for (let at = from; at < to; ) {
    const period = containing(kind, at);
    all.push(period);
    at = period.end;
  }
  return all;
}

/** Year -> quarters -> months -> cut weeks -> nothing. */
export function children(period: Period): Period[] {
  const kind = ({ year: "quarter", quarter: "month", month: "cut_week" } as const)[period.kind as "year"];
  return kind ? periods(kind, period.start, period.end) : [];
}

/** One level up; null for a year and for a whole ISO week. */
export function parent(period: Period): Period | null {
  const kind = ({ quarter: "year", month: "quarter", cut_week: "month" } as const)[period.kind as "quarter"];
  return kind ? containing(kind, period.start) : null;
}

/** The period of the same kind `steps` later (earlier if negative). */
export function shift(period: Period, steps: number): Period {
  let at = period;
  for (let step = 0; step < Math.abs(steps); step += 1) {
    at = containing(period.kind, steps > 0 ? at.end : iso(timeOf(at.start) - DAY_MS));
  }
  return at;
}

/** The last day of a period. */
export function lastDay(period: Period): string {
  return dayBefore(period.end);
}

export function dayBefore(day: string): string {
  return iso(timeOf(day) - DAY_MS);
}

/** Days in words: the period that they are, else the first and the last. */
export function daysLabel({ from, to }: Days, t: TFunction, language: Language): string {
  const kinds: readonly Kind[] = ["year", "quarter", "month", "iso_week"];
  const around = kinds.map((kind) => containing(kind, from));
  const whole = around.find((period) => period.start === from && period.end === to);
  if (whole) return periodLabel(whole.key, t, language);
  const last = dayBefore(to);
  return last === from ? from : `${from} – ${last}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The month as words for the sentence: a name in English, a number in 中文. */
export function monthWord(month: number, language: Language): string {
  return language === "en" ? (MONTHS[month - 1] ?? String(month)) : String(month);
}

/** The half of a calendar year that holds a day: `2018-H1`. The window's calendar does not step by halves. */
export function halfAround(day: string): string {
  return `${day.slice(0, 4)}-H${Number(day.slice(5, 7)) <= 6 ? 1 : 2}`;
}

/** The days of a year, half, quarter or month; null for anything else. */
export function daysOf(key: string): Days | null {
  const half = /^(\d{4})-H([12])$/.exec(key);
  const first = half && containing("quarter", `${half[1]}-${half[2] === "1" ? "01" : "07"}-01`);
  if (first) return { from: first.start, to: shift(first, 1).end };
  const period = parsePeriod(key);
  return period && ["year", "quarter", "month"].includes(period.kind) ? { from: period.start, to: period.end } : null;
}

/** As the months: 上 and 下 before 半年, a number after H. */
function halfWord(half: number, language: Language): string {
  return language === "en" ? String(half) : half === 1 ? "上" : "下";
}

/** A half, or a period of a fiscal calendar, whose days only the program knows: `2018-H1`, `FY2026-P01/W05@04`. */
interface Named {
  year: string;
  /** Of the calendar year: halves only. */
  fiscal: boolean;
  half?: number | undefined;
  quarter?: number | undefined;
  month?: number | undefined;
  week?: number | undefined;
  /** The calendar month that the month is, where months are not made of weeks. */
  calendar?: { year: number; month: number } | undefined;
}

function parseNamed(key: string): Named | null {
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const half = /^(\d{4})-H([12])$/.exec(key);
  if (half) return { year: half[1] ?? "", fiscal: false, half: number(half[2]) };
  const match = /^FY(\d{4})(?:-H([12])|-Q([1-4])|-P(\d{2})(?:\/W(\d{2}))?)?@(\d{2})((?:-[0-9a-z]+)*)$/.exec(key);
  if (!match) return null;
  const [month, first, rest] = [number(match[4]), Number(match[6]), match[7] ?? ""];
  const year = Number(match[1]) - (rest.includes("-end") ? 1 : 0);
  const at = first - 1 + (month ?? 1) - 1;
  const calendar = month === undefined || /-\d{3}/.test(rest) ? undefined : { year: year + Math.floor(at / 12), month: (at % 12) + 1 };
  return { year: match[1] ?? "", fiscal: true, half: number(match[2]), quarter: number(match[3]), month, week: number(match[5]), calendar };
}

function namedOnly(key: string, t: TFunction, language: Language): string | null {
  const named = parseNamed(key);
  if (!named) return null;
  const { year, fiscal, half, quarter, month, week, calendar } = named;
  if (half !== undefined) return t(fiscal ? "common.period.fiscalHalf" : "common.period.half", { year, half: halfWord(half, language) });
  if (quarter !== undefined) return t("common.period.fiscalQuarter", { year, quarter });
  if (calendar) {
    const own = { year: String(calendar.year), month: monthWord(calendar.month, language) };
    return week === undefined ? t("common.period.month", own) : t("common.period.cutWeek", { ...own, week });
  }
  if (week !== undefined) return t("common.period.fiscalWeek", { year, month, week });
  return month === undefined ? t("common.period.fiscalYear", { year }) : t("common.period.fiscalMonth", { year, month });
}

/** A period in words: `2017年第2季度` / `Q2 2017`. An unknown key is shown as it is. */
export function periodLabel(key: string, t: TFunction, language: Language): string {
  const period = parsePeriod(key);
  if (!period) return namedOnly(key, t, language) ?? key;
  const year = String(period.year);
  switch (period.kind) {
    case "year":
      return t("common.period.year", { year });
    case "quarter":
      return t("common.period.quarter", { year, quarter: period.part });
    case "month":
      return t("common.period.month", { year, month: monthWord(period.part, language) });
    case "iso_week":
      return t("common.period.week", { year, week: period.part });
    case "cut_week":
      return t("common.period.cutWeek", { year, week: period.part, month: monthWord(period.month ?? 1, language) });
  }
}

/** A part of a period where the year is clear from around it: `Q2`, `Mar`, `W05`. */
export function shortPeriodLabel(key: string, t: TFunction, language: Language): string {
  const period = parsePeriod(key);
  if (!period) return shortNamed(key, t, language) ?? key;
  switch (period.kind) {
    case "year":
      return t("common.period.year", { year: String(period.year) });
    case "quarter":
      return t("common.period.shortQuarter", { quarter: period.part });
    case "month":
      return t("common.period.shortMonth", { month: monthWord(period.part, language) });
    default:
      return t("common.period.shortWeek", { week: period.part });
  }
}

function shortNamed(key: string, t: TFunction, language: Language): string | null {
  const named = parseNamed(key);
  if (!named) return null;
  const { year, half, quarter, month, week, calendar } = named;
  if (half !== undefined) return t("common.period.shortHalf", { half: halfWord(half, language) });
  if (quarter !== undefined) return t("common.period.shortQuarter", { quarter });
  if (week !== undefined) return t("common.period.shortWeek", { week });
  if (calendar) return t("common.period.shortMonth", { month: monthWord(calendar.month, language) });
  return month === undefined ? t("common.period.fiscalYear", { year }) : t("common.period.shortFiscalMonth", { month });
}
