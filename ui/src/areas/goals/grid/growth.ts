/** Growth and differences, exactly. */
import type { TFunction } from "i18next";

import type { GridRow } from "../../../backend/generated";
import { formatDate, formatDecimal, MINUS, parseExact, sumDecimals } from "../../../components/format";

/** What the growth of a row is held against, in words. */
export function lastYearOf({ last_year: amount, last_year_until: until }: GridRow, t: TFunction): string {
  if (amount === null) return t("goals.grid.noLastYear");
  return t(until ? "goals.grid.lastYearSoFar" : "goals.grid.lastYear", { amount: formatDecimal(amount), day: formatDate(until) });
}

/** The goal over last year's results as a change: `6/5` is `1/5`. */
export function growthOf(ratio: string | null): string | null {
  const exact = ratio === null ? null : parseExact(ratio);
  return exact && `${exact.n - exact.d}/${exact.d}`;
}

/** What a number gained; null where one of the two is not there. */
export function difference(before: string | null, after: string | null): string | null {
  if (before === null || after === null) return null;
  return sumDecimals([after, before.startsWith("-") ? before.slice(1) : `-${before}`]);
}

/** What it gained as a share of what it was; null without, or from zero. */
export function relative(before: string | null, after: string | null): string | null {
  const [was, gained] = [before === null ? null : parseExact(before), parseExact(difference(before, after) ?? "")];
  if (!was || !gained || was.n === 0n) return null;
  const [n, d] = [gained.n * was.d, gained.d * was.n];
  return d < 0n ? `${-n}/${-d}` : `${n}/${d}`;
}

/** A difference with its sign. */
export function signed(text: string): string {
  const shown = formatDecimal(text);
  return shown.startsWith(MINUS) || /^[0.,]*$/.test(shown) ? shown : `+${shown}`;
}
