/** The period that the period of the top bar means for bonuses, which are run by the plan's kind of period. */
import { containing, dayBefore, daysOf, halfAround, lastDay, parsePeriod } from "../../components/period";

export const BONUS_KINDS = ["month", "quarter", "half", "year"] as const;
export type BonusKind = (typeof BONUS_KINDS)[number];

/** A period of a company whose year is another one: `FY2026-Q1@04`, `FY2026-P01@04-end`. */
const FISCAL = /^FY(\d{4})(?:-(H|Q|P)(\d{1,2}))?@(\d{2})((?:-[0-9a-z]+)*)$/;
const FISCAL_KINDS = { H: { kind: "half", months: 6 }, Q: { kind: "quarter", months: 3 }, P: { kind: "month", months: 1 } } as const;

/**
 * Where a fiscal period lies, to put it in order and beside the period of the top bar: exact where its months are those
 * of the calendar, a few days beside where they are made of weeks, whose days only the program knows.
 */
function placeOf(key: string): { kind: BonusKind; from: string; to: string } | null {
  const match = FISCAL.exec(key);
  if (!match) return null;
  const [, year = "", letter, number = "1", first = "01", rest = ""] = match;
  const { kind, months } = letter ? FISCAL_KINDS[letter as keyof typeof FISCAL_KINDS] : { kind: "year" as const, months: 12 };
  const start = (Number(year) - (rest.includes("-end") ? 1 : 0)) * 12 + Number(first) - 1 + (Number(number) - 1) * months;
  const day = (month: number) => `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  return { kind, from: day(start), to: day(start + months) };
}

/** Of a month, quarter, half or year. */
export function kindOf(key: string): BonusKind | null {
  if (/^\d{4}-H[12]$/.test(key)) return "half";
  const fiscal = placeOf(key);
  if (fiscal) return fiscal.kind;
  const kind = parsePeriod(key)?.kind;
  return BONUS_KINDS.find((one) => one === kind) ?? null;
}

/** The period itself if it is of the kind, else the last known one in it, else the one of its last day. */
export function bonusPeriodOf(key: string, kind: BonusKind, known: readonly string[]): string {
  const period = parsePeriod(key);
  const fiscal = known.filter((one) => placeOf(one)?.kind === kind);
  if (period && fiscal.length > 0) {
    // The last one that has begun when the top bar's ends, else the first there is.
    const begun = newestFirst(fiscal).find((one) => (placeOf(one)?.from ?? "") <= lastDay(period));
    return begun ?? newestFirst(fiscal).at(-1) ?? key;
  }
  if (!period || kindOf(key) === kind) return key;
  const within = known.filter((one) => {
    const days = daysOf(one);
    return days !== null && kindOf(one) === kind && days.from >= period.start && days.to <= period.end;
  });
  const day = lastDay(period);
  return newestFirst(within)[0] ?? (kind === "half" ? halfAround(day) : containing(kind, day).key);
}

/** What the top bar is set to by a choice here: it knows no halves and no fiscal periods, and shows the last quarter of one. */
export function scopeOf(key: string): string {
  const fiscal = placeOf(key);
  if (fiscal) return containing("quarter", dayBefore(fiscal.to)).key;
  const half = /^(\d{4})-H([12])$/.exec(key);
  return half ? `${half[1]}-Q${Number(half[2]) * 2}` : key;
}

/** The year that a period belongs to: `2026`, `FY2026@04`. */
export function yearOf(key: string): string {
  const match = FISCAL.exec(key);
  if (!match) return key.slice(0, 4);
  const [, year = "", , , first = "", rest = ""] = match;
  return `FY${year}@${first}${rest}`;
}

/** Each once, the one that ends last first; of those the longer. */
export function newestFirst(keys: readonly string[]): string[] {
  const end = (key: string) => `${(placeOf(key) ?? daysOf(key))?.to ?? ""} ${BONUS_KINDS.findIndex((kind) => kind === kindOf(key))}`;
  return [...new Set(keys)].toSorted((a, b) => (end(a) < end(b) ? 1 : end(a) > end(b) ? -1 : 0));
}
