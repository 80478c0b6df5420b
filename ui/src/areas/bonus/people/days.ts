/** Half-open days as people read them: with their last day. */
import { dayBefore } from "../../../components/period";

/** The day before the one on which it has ended; none stays none. */
export function lastOf(to: string | null): string | null {
  return to === null ? null : dayBefore(to);
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
