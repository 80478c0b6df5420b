/** Growth as people say it, in per cent, as an exact factor. */
import { parseExact, parseTyped } from "../../components/format";

/** `10` is `1.10`, `-2.5` is `0.975`; null for no number, or less than nothing left. */
export function factorOf(percent: string): string | null {
  const typed = parseTyped(percent);
  const exact = typed === null ? null : parseExact(typed);
  if (!exact) return null;
  // The denominator of a decimal is a power of ten.
  const scaled = exact.d * 100n + exact.n;
  if (scaled < 0n) return null;
  const places = String(exact.d).length + 1;
  const digits = String(scaled).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
