/** Days as texts: intervals are shown with both ends and sent half-open. */
const DAY_MS = 86_400_000;

export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}
