/** The period that the period of the top bar means for bonuses, which are run by the plan's kind of period. */
import { containing, daysOf, halfAround, lastDay, parsePeriod } from "../../components/period";

export const BONUS_KINDS = ["month", "quarter", "half", "year"] as const;
export type BonusKind = (typeof BONUS_KINDS)[number];

/** Of a month, quarter, half or year. */
export function kindOf(key: string): BonusKind | null {
  if (/^\d{4}-H[12]$/.test(key)) return "half";
  const kind = parsePeriod(key)?.kind;
  return BONUS_KINDS.find((one) => one === kind) ?? null;
}

/** The period itself if it is of the kind, else the last known one in it, else the one of its last day. */
export function bonusPeriodOf(key: string, kind: BonusKind, known: readonly string[]): string {
  const period = parsePeriod(key);
  if (!period || kindOf(key) === kind) return key;
  const within = known.filter((one) => {
    const days = daysOf(one);
    return days !== null && kindOf(one) === kind && days.from >= period.start && days.to <= period.end;
  });
  const day = lastDay(period);
  return newestFirst(within)[0] ?? (kind === "half" ? halfAround(day) : containing(kind, day).key);
}

/** What the top bar is set to by a choice here: it knows no halves, and shows the last quarter of one. */
export function scopeOf(key: string): string {
  const half = /^(\d{4})-H([12])$/.exec(key);
  return half ? `${half[1]}-Q${Number(half[2]) * 2}` : key;
}

/** Each once, the one that ends last first; of those the longer. */
export function newestFirst(keys: readonly string[]): string[] {
  const end = (key: string) => `${daysOf(key)?.to ?? ""} ${BONUS_KINDS.findIndex((kind) => kind === kindOf(key))}`;
  return [...new Set(keys)].toSorted((a, b) => (end(a) < end(b) ? 1 : end(a) > end(b) ? -1 : 0));
}
