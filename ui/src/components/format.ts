/**
 * Numbers for people, from exact strings: decimals ("-1234.50") and ratios ("7/8") as they come from
 * the program. Everything is done on digits (BigInt): no floating point touches an amount.
 */
import type { Money, TileValue } from "../backend/generated";
import type { Language } from "../i18n";

/** What is shown for a missing value. Zero is `0`. */
export const MISSING = "—";
/** The real minus sign, as wide as a digit. */
export const MINUS = "−";

/** An exact fraction; the denominator is positive. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

/** Reads "12", "-12.50" or "7/8"; null for anything else. */
export function parseExact(text: string): Fraction | null {
  const ratio = /^(-?\d+)\/(\d+)$/.exec(text);
  if (ratio) {
    const d = BigInt(ratio[2] ?? "0");
    return d === 0n ? null : { n: BigInt(ratio[1] ?? "0"), d };
  }
  const decimal = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!decimal) return null;
  const fraction = decimal[3] ?? "";
  const n = BigInt(`${decimal[2]}${fraction}`);
  return { n: decimal[1] ? -n : n, d: 10n ** BigInt(fraction.length) };
}

/** Orders two exact strings; what cannot be read comes first. */
export function compareExact(a: string, b: string): number {
  const [x, y] = [parseExact(a), parseExact(b)];
  if (!x || !y) return Number(x !== null) - Number(y !== null);
  const difference = x.n * y.d - y.n * x.d;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Adds decimals exactly; the result has as many decimals as the longest. */
export function sumDecimals(values: readonly string[]): string {
  const places = Math.max(0, ...values.map((value) => value.split(".")[1]?.length ?? 0));
  const scale = 10n ** BigInt(places);
  const total = values.reduce((sum, value) => {
    const exact = parseExact(value);
    return exact ? sum + (exact.n * scale) / exact.d : sum;
  }, 0n);
  return plain(total, places);
}

/** Adds two exact strings; decimals stay decimals. */
export function addExact(a: string, b: string): string {
  const [x, y] = [parseExact(a), parseExact(b)];
  if (!x || !y || !(a.includes("/") || b.includes("/"))) return sumDecimals([a, b]);
  const [n, d] = [x.n * y.d + y.n * x.d, x.d * y.d];
  let [one, other] = [n < 0n ? -n : n, d];
  while (other) [one, other] = [other, one % other];
  return `${n / one}/${d / one}`;
}

/** Rounds to a whole number, a half away from zero. */
function roundDivide(n: bigint, d: bigint): bigint {
  const negative = n < 0n;
  const rounded = ((negative ? -n : n) * 2n + d) / (2n * d);
  return negative ? -rounded : rounded;
}

/** `scaled` / 10^places as a plain decimal. */
function plain(scaled: bigint, places: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, "0");
  const cut = digits.length - places;
  return `${scaled < 0n ? "-" : ""}${digits.slice(0, cut)}${places ? `.${digits.slice(cut)}` : ""}`;
}

/** An exact text as a plain decimal of so many places, a half away from zero; null if it cannot be read. */
export function roundExact(text: string, places: number): string | null {
  const exact = parseExact(text);
  return exact && plain(roundDivide(exact.n * 10n ** BigInt(places), exact.d), places);
}

/** Groups the digits of a plain decimal and gives it a real minus sign. */
function group(text: string): string {
  const [whole = "0", fraction] = text.replace("-", "").split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${text.startsWith("-") ? MINUS : ""}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** A decimal with grouped digits, all its decimals kept: `3,086,111.00`. */
export function formatDecimal(text: string | null | undefined): string {
  if (text === null || text === undefined) return MISSING;
  return parseExact(text) && !text.includes("/") ? group(text) : text;
}

/** A number of things. */
export function formatCount(count: string | number | null | undefined): string {
  return formatDecimal(typeof count === "number" ? String(count) : count);
}

const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", JPY: "¥", HKD: "HK$", TWD: "NT$", XXX: "" };

/** The sign of a currency, or its code with a space; a number of things (`XXX`) has none. */
export function currencySymbol(currency: string): string {
  return SYMBOLS[currency] ?? `${currency} `;
}

function withSymbol(text: string, currency: string): string {
  const symbol = currencySymbol(currency);
  return text.startsWith(MINUS) ? `${MINUS}${symbol}${text.slice(1)}` : `${symbol}${text}`;
}

/** The full figure with its currency: `¥3,086,111.00`. */
export function formatMoney(money: Money | null | undefined): string {
  return money ? withSymbol(formatDecimal(money.amount), money.currency) : MISSING;
}

/** The full figure without its currency, for table cells whose header names the unit. */
export function formatAmount(money: Money | null | undefined): string {
  return money ? formatDecimal(money.amount) : MISSING;
}

const STEPS: Record<Language, readonly (readonly [bigint, string])[]> = {
  "zh-CN": [
    [100_000_000n, "亿"],
    [10_000n, "万"],
    [1n, ""],
  ],
  en: [
    [1_000_000_000n, "B"],
    [1_000_000n, "M"],
    [1_000n, "K"],
    [1n, ""],
  ],
};

/** Two decimals below 10, one below 1,000, none above; trailing zeros go. As report/format.rs does it. */
function threeDigits(n: bigint, d: bigint): string {
  const size = n < 0n ? -n : n;
  const places = size < 10n * d ? 2 : size < 1_000n * d ? 1 : 0;
  const text = plain(roundDivide(n * 10n ** BigInt(places), d), places);
  return places === 0 ? text : text.replace(/\.?0+$/, "");
}

/** A decimal cut short: `308.6万` or `3.09M`; the figures of tiles, charts and their axes. */
export function compactDecimal(text: string | null | undefined, language: Language): string {
  const exact = text === null || text === undefined ? null : parseExact(text);
  if (!exact) return MISSING;
  const { n, d } = exact;
  const size = n < 0n ? -n : n;
  const steps = STEPS[language];
  let at = steps.findIndex(([step]) => size >= step * d);
  if (at < 0) at = steps.length - 1;
  // 999,999 is 1M and not 1000K: what rounding lifts to the next step is written in it.
  const above = steps[at - 1];
  const [own] = steps[at] ?? [1n];
  if (above) {
    const lifted = parseExact(threeDigits(size, d * own));
    if (lifted && lifted.n * own >= above[0] * lifted.d) at -= 1;
  }
  const [step, unit] = steps[at] ?? [1n, ""];
  const digits = threeDigits(n, d * step);
  // What was rounded to zero has no sign.
  return `${group(digits === "-0" ? "0" : digits)}${unit}`;
}

/** An amount for tiles and charts; show the full figure on hover. */
export function compactMoney(money: Money | null | undefined, language: Language): string {
  return money ? withSymbol(compactDecimal(money.amount, language), money.currency) : MISSING;
}

/** An exact ratio as percent with one decimal: "7/8" is `87.5%`. Never clamped. */
export function formatPercent(ratio: string | null | undefined, places = 1): string {
  const exact = ratio === null || ratio === undefined ? null : parseExact(ratio);
  if (!exact) return MISSING;
  return `${group(plain(roundDivide(exact.n * 100n * 10n ** BigInt(places), exact.d), places))}%`;
}

/** A change as percent with its sign: `+10.0%`. */
export function formatChange(ratio: string | null | undefined): string {
  const text = formatPercent(ratio);
  return ratio && (parseExact(ratio)?.n ?? 0n) > 0n ? `+${text}` : text;
}

/** A difference of shares in percentage points with its sign: `+1.1 pp`. */
export function formatPoints(ratio: string | null | undefined, language: Language): string {
  const text = formatChange(ratio).replace("%", "");
  return text === MISSING ? text : `${text}${language === "zh-CN" ? " 个百分点" : " pp"}`;
}

/** -1, 0 or 1. */
export function signOf(text: string | null | undefined): number {
  const n = text ? (parseExact(text)?.n ?? 0n) : 0n;
  return n < 0n ? -1 : Number(n > 0n);
}

/** A ratio as a number of percent for geometry only (a bar's width), cut to [0, limit]. */
export function percentForDrawing(ratio: string | null | undefined, limit: number): number {
  const exact = ratio ? parseExact(ratio) : null;
  if (!exact) return 0;
  return Math.min(limit, Math.max(0, Number((exact.n * 10_000n) / exact.d) / 100));
}

/** The full figure of a tile. */
export function formatTileValue(value: TileValue | null | undefined): string {
  if (!value) return MISSING;
  if (value.unit === "money") return formatMoney(value.value);
  return value.unit === "percent" ? formatPercent(value.value) : formatCount(value.value);
}

/** The short figure of a tile. */
export function compactTileValue(value: TileValue | null | undefined, language: Language): string {
  if (!value) return MISSING;
  if (value.unit === "money") return compactMoney(value.value, language);
  return value.unit === "percent" ? formatPercent(value.value) : formatCount(value.value);
}

/** A day: ISO, as it came. */
export function formatDate(date: string | null | undefined): string {
  return date ? date.slice(0, 10) : MISSING;
}

/** A moment in the system's time zone: `2026-11-24 09:30`. */
export function formatMoment(at: string | null | undefined): string {
  if (!at) return MISSING;
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return at;
  const two = (value: number) => String(value).padStart(2, "0");
  return (
    `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ` +
    `${two(time.getHours())}:${two(time.getMinutes())}`
  );
}

/** Reads an amount that a person typed (`1,200.5`, `1 200`, full-width digits); null if it is none. */
export function parseTyped(text: string): string | null {
  const clean = text
    .normalize("NFKC")
    .replaceAll(/[,\s_¥$€£]/g, "")
    .replace(MINUS, "-");
  return /^-?\d{1,15}(\.\d{1,4})?$/.test(clean) ? clean : null;
}
