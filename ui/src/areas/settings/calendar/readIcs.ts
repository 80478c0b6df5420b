/**
 * A calendar file (ICS): every event of whole days is a day off or a make-up day. What would change the days (a time, a
 * rule of repetition, a length) is refused rather than guessed. An event is worked if Apple's mark or its name says so.
 */
import type { DayKind } from "../../../backend/generated";
import { BadList, dayOf, Days, type HolidayList, type LeftOut } from "./holidayDays";

const MAX_DEPTH = 8;
const MAX_EVENT_DAYS = 100;
const DAY_MS = 86_400_000;
/** What the name of a make-up day holds, and what says the contrary. */
const WORKED = ["（班）", "(班)", "[班]", "【班】", "补班", "上班", "补上班", "working day"];
const NOT_WORKED = ["不上班", "不补班", "非工作", "non-working", "nonworking", "not a working"];

interface Line {
  number: number;
  name: string;
  value: string;
}

interface Event {
  line: number;
  start: Line | null;
  end: Line | null;
  name: string;
  /** Apple's mark, if it has one. */
  special: string | null;
  cancelled: boolean;
  observance: boolean;
}

export function readIcs(text: string): HolidayList {
  const events = eventsOf(text);
  const isMarked = events.some(({ special }) => special !== null);
  const days = new Days();
  const leftOut: LeftOut[] = [];
  for (const event of events) {
    const reason = event.cancelled ? "event_cancelled" : isMarked && event.special === null ? "event_unmarked" : event.observance ? "event_observance" : null;
    if (reason) {
      leftOut.push({ line: event.line, name: [...event.name].slice(0, 200).join(""), reason });
      continue;
    }
    const kind = kindOf(event);
    for (const date of daysOf(event)) days.add(event.line, date, kind, event.name);
  }
  return { days: days.list(), leftOut };
}

/** The events of all calendars in the file. What lies in other parts (time zones, alarms) is passed over. */
function eventsOf(text: string): Event[] {
  const open: { line: number; part: string }[] = [];
  const events: Event[] = [];
  let event = newEvent(1);
  for (const line of linesOf(text)) {
    const broken = () => new BadList("holiday_broken", line.number, `${line.name}:${line.value}`);
    const part = line.value.trim().toUpperCase();
    if (line.name === "BEGIN") {
      if (open.length === MAX_DEPTH || (open.length === 0 && part !== "VCALENDAR")) throw broken();
      if (part === "VEVENT") event = newEvent(line.number);
      open.push({ line: line.number, part });
    } else if (line.name === "END") {
      if (open.pop()?.part !== part) throw broken();
      if (part === "VEVENT") events.push(event);
    } else if (open.length === 0) {
      throw broken();
    } else if (open.at(-1)?.part === "VEVENT") {
      take(event, line);
    }
  }
  const unfinished = open.pop();
  if (unfinished) throw new BadList("holiday_unfinished", unfinished.line, unfinished.part);
  return events;
}

function newEvent(line: number): Event {
  return { line, start: null, end: null, name: "", special: null, cancelled: false, observance: false };
}

function take(event: Event, line: Line): void {
  const refuse = (problem: string) => new BadList(problem, line.number, `${line.name}:${line.value}`);
  switch (line.name) {
    case "DTSTART":
      event.start = line;
      break;
    case "DTEND":
      event.end = line;
      break;
    case "SUMMARY":
      event.name = unescaped(line.value);
      break;
    case "STATUS":
      event.cancelled = line.value.trim().toUpperCase() === "CANCELLED";
      break;
    case "DESCRIPTION":
      event.observance = line.value.toLowerCase().startsWith("observance");
      break;
    case "X-APPLE-SPECIAL-DAY":
      event.special = line.value.trim().toUpperCase();
      break;
    case "RRULE":
    case "RDATE":
    case "EXDATE":
      throw refuse("holiday_repeats");
    case "DURATION":
      throw refuse("holiday_length");
  }
}

function kindOf({ special, name }: Event): DayKind {
  const text = name.toLowerCase();
  const holds = (words: readonly string[]) => words.some((word) => text.includes(word));
  const isWorked = special === null ? holds(WORKED) && !holds(NOT_WORKED) : special === "ALTERNATE-WORKDAY";
  return isWorked ? "working_day" : "holiday";
}

/** Its days; an event without an end is one day long. */
function daysOf(event: Event): string[] {
  const first = dateOf(event.start ?? { number: event.line, name: "DTSTART", value: "" });
  const end = event.end ? dateOf(event.end) : new Date(Date.parse(first) + DAY_MS).toISOString().slice(0, 10);
  const length = (Date.parse(end) - Date.parse(first)) / DAY_MS;
  if (length <= 0 || length > MAX_EVENT_DAYS) throw new BadList("holiday_length", event.end?.number ?? event.line, `${first} – ${end}`);
  return Array.from({ length }, (_, at) => new Date(Date.parse(first) + at * DAY_MS).toISOString().slice(0, 10));
}

/** A value of type DATE: eight digits. */
function dateOf({ number, value }: Line): string {
  const text = value.trim();
  if (/^\d{8}T/.test(text)) throw new BadList("holiday_time", number, text);
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const day = match && dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  if (!day) throw new BadList("holiday_date", number, text);
  return day;
}

/** All lines that hold something; one that begins with a space or a tab continues the one before. */
function linesOf(text: string): Line[] {
  const joined: { number: number; text: string }[] = [];
  text.split(/\r\n|\n/).forEach((line, at) => {
    const last = joined.at(-1);
    if (last && /^[ \t]/.test(line)) last.text += line.slice(1);
    else joined.push({ number: at + 1, text: line });
  });
  return joined.filter((line) => line.text.trim() !== "").map(({ number, text: line }) => property(number, line));
}

/** `NAME;PARAMETER=value:value`, without its parameters; the colon inside a quoted parameter is not the one. */
function property(number: number, line: string): Line {
  const match = /^([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s.exec(line);
  if (!match) throw new BadList("holiday_broken", number, line);
  return { number, name: (match[1] ?? "").toUpperCase(), value: match[3] ?? "" };
}

/** A value of type TEXT without its escapes. */
function unescaped(value: string): string {
  return value.replaceAll(/\\(.)/gs, (_, sign: string) => (sign === "n" || sign === "N" ? " " : sign)).trim();
}
