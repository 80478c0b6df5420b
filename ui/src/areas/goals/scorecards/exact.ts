/** Exact shares and values as they are typed and shown: fractions of BigInts, never floating point. */
import { formatDecimal, parseExact, type Fraction } from "../../../components/format";

export const ZERO: Fraction = { n: 0n, d: 1n };
export const ONE: Fraction = { n: 1n, d: 1n };
/** As many decimals of a per cent as the program shows; what needs more stays a fraction. */
const MAX_DECIMALS = 6;

export function lowest(n: bigint, d: bigint): Fraction {
  let [a, b] = [n < 0n ? -n : n, d];
  while (b > 0n) [a, b] = [b, a % b];
  return a === 0n ? ZERO : { n: n / a, d: d / a };
}

export const plus = (a: Fraction, b: Fraction) => lowest(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fraction, b: Fraction) => plus(a, { n: -b.n, d: b.d });
export const times = (a: Fraction, b: Fraction) => lowest(a.n * b.n, a.d * b.d);
export const sum = (all: readonly Fraction[]) => all.reduce(plus, ZERO);

/** A plain decimal without digits that say nothing; null if it needs more than `MAX_DECIMALS`. */
export function decimalText({ n, d }: Fraction): string | null {
  for (let places = 0; places <= MAX_DECIMALS; places += 1) {
    const scale = 10n ** BigInt(places);
    if ((n * scale) % d !== 0n) continue;
    const digits = ((n < 0n ? -n : n) * scale) / d;
    const text = digits.toString().padStart(places + 1, "0");
    const cut = text.length - places;
    return `${n < 0n ? "-" : ""}${text.slice(0, cut)}${places ? `.${text.slice(cut)}` : ""}`;
  }
  return null;
}

/** A share as it stands in a field of per cent: `12.5`, or `1/3` where no decimal is it. */
export function shareText(share: Fraction): string {
  return decimalText(times(share, { n: 100n, d: 1n })) ?? `${share.n}/${share.d}`;
}

/** The same to read: `12.5%` or `1/3`. */
export function shareShown(share: Fraction): string {
  const text = shareText(share);
  return text.includes("/") ? text : `${text}%`;
}

/** What a person typed, without the sign of the currency, separators and full-width digits. */
export function cleanText(text: string): string {
  return text.normalize("NFKC").replaceAll(/[,\s¥$€£]/g, "");
}

/** Reads a field of per cent: `60`, `12.5%`, or `1/3` of the whole; null for anything else. */
export function readShare(text: string): Fraction | null {
  const clean = cleanText(text);
  const exact = parseExact(clean.replace(/%$/, ""));
  if (!exact || (clean.includes("/") && clean.endsWith("%"))) return null;
  return clean.includes("/") ? lowest(exact.n, exact.d) : lowest(exact.n, exact.d * 100n);
}

/** The same as the program reads it: `12.5%` or `1/3`. */
export function shareToSend(text: string): string {
  const clean = cleanText(text).replace(/%$/, "");
  return clean.includes("/") ? clean : `${clean}%`;
}

/** The value of a goal as it stands in its field: `35%`, `120000.5`, or a fraction where no decimal is it. */
export function goalText(value: string, unit: string): string {
  const exact = parseExact(value);
  if (!exact) return value;
  return unit === "ratio" ? shareShown(exact) : (decimalText(exact) ?? value);
}

/** A figure as the program rounded it, its digits grouped. */
export function shownText(shown: string): string {
  return shown.endsWith("%") ? shown : formatDecimal(shown);
}
