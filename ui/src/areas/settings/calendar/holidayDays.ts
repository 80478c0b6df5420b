/** Days of a list while it is read, and what can be wrong with them. */
import type { DayKind, SpecialDay } from "../../../backend/generated";

export interface LeftOut {
  line: number;
  name: string;
  reason: "event_cancelled" | "event_unmarked" | "event_observance";
}

/** Each day once, in order. */
export interface HolidayList {
  days: SpecialDay[];
  leftOut: LeftOut[];
}

/** Thrown while reading; the line is counted from 1. */
export class BadList extends Error {
  readonly problem: string;
  readonly line: number;
  readonly value: string;

  constructor(problem: string, line: number, value: string) {
    super(problem);
    this.problem = problem;
    this.line = line;
    this.value = value;
  }
}

const MAX_DAYS = 20_000;
const MAX_NAME_CHARS = 200;

/** Days while they are read: the same twice is one, both off and worked is refused. */
export class Days {
  private readonly found = new Map<string, SpecialDay>();

  add(line: number, date: string, kind: DayKind, name: string): void {
    const year = Number(date.slice(0, 4));
    if (year < 1900 || year > 2200) throw new BadList("holiday_year", line, date);
    if ([...name].length > MAX_NAME_CHARS) throw new BadList("holiday_name", line, [...name].slice(0, 40).join(""));
    const known = this.found.get(date);
    if (known && known.kind !== kind) throw new BadList("holiday_conflict", line, date);
    if (!known && this.found.size === MAX_DAYS) throw new BadList("holiday_too_many", line, String(MAX_DAYS));
    this.found.set(date, { date, kind, name: name === "" ? (known?.name ?? "") : name });
  }

  list(): SpecialDay[] {
    return [...this.found.values()].toSorted((a, b) => a.date.localeCompare(b.date));
  }
}

/** A day that exists, from its numbers; null if there is none. */
export function dayOf(year: number, month: number, day: number): string | null {
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}
