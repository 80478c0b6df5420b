/** The quarter that the period of the top bar means for bonuses, which are run by quarter. */
import { containing, lastDay, parsePeriod } from "../../components/period";

/** The period itself if it is a quarter, else the last known quarter in it, else the quarter of its last day. */
export function quarterOf(key: string, known: readonly string[]): string {
  const period = parsePeriod(key);
  if (!period || period.kind === "quarter") return key;
  const last = containing("quarter", lastDay(period)).key;
  if (period.kind !== "year") return last;
  return known.filter((quarter) => quarter.startsWith(`${period.key}-`)).toSorted().at(-1) ?? last;
}
