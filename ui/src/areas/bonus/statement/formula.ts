/**
 * Steps of a calculation as people read them: percentages instead of ratios, words instead of codes.
 * What the program wrote stays reachable beside it, exactly. Statements of older engines are read as well.
 */
import type { TraceStep } from "../../../backend/generated";
import { compareExact, formatDecimal, formatMoney, formatPercent, MINUS, MISSING, parseExact, roundExact } from "../../../components/format";

/** Percentages have two decimals, as the sentences of the program have them. */
const PERCENT_PLACES = 2;
/** Beyond these a percentage is longer than the fraction. */
const MAX_PLACES = 12;
/** Decimals that an amount keeps before it is rounded, so that the rounding is seen. */
const UNROUNDED_PLACES = 4;

export interface FormulaWords {
  day: string;
  noFigure: string;
  belowTiers: string;
  aboveTiers: string;
  sumOf: (terms: number) => string;
  facts: (facts: number) => string;
  tier: (number: string) => string;
}

/** A text for people, and the exact one where it says more. */
export interface Shown {
  shown: string;
  exact: string | null;
}

/** Steps whose sentence says all that their formula does: a condition, an expression, a code. */
const SAID: readonly string[] = ["gate", "modifier"];
const SAID_CODES: readonly string[] = ["measure_kpi", "measure_earnings"];
/** Measures that are no amounts of money. */
const NUMBERS: readonly string[] = ["measure_count", "measure_quantity", "measure_kpi"];
const SCORES: readonly string[] = ["scorecard_sum", "objectives_sum"];

/** The formula of a step; null where the sentence says all of it. */
export function readFormula(step: TraceStep, words: FormulaWords): Shown | null {
  if (step.formula === "" || SAID.includes(step.step) || SAID_CODES.includes(step.explain.code)) return null;
  const exact = exactText(step.formula, words);
  const shown = friendly(step, words) ?? exact;
  return { shown, exact: shown === exact ? null : exact };
}

/** The value of a step, in the run's currency. */
export function readValue({ step, explain, value }: TraceStep, currency: string, words: FormulaWords): Shown {
  if (value === "") return { shown: MISSING, exact: null };
  if (!parseExact(value)) return { shown: value, exact: null };
  switch (step) {
    case "credit":
      return { shown: words.facts(Number(value)), exact: null };
    case "attainment":
    case "proration":
      return { shown: percent(value, PERCENT_PLACES), exact: grouped(value) };
    case "measure":
      if (SCORES.includes(explain.code)) return { shown: percent(value, PERCENT_PLACES), exact: grouped(value) };
      return NUMBERS.includes(explain.code) ? inFull(amount(value), value) : inFull(amount(value, currency), value);
    case "tier":
      if (explain.code === "tier_above") return { shown: words.aboveTiers, exact: null };
      if (explain.code === "tier_none") return { shown: MISSING, exact: null };
      return { shown: explain.code === "tier_below" ? words.belowTiers : words.tier(value), exact: null };
    default:
      return inFull(amount(value, currency), value);
  }
}

/** With all its digits where they were cut. */
function inFull(shown: string, value: string): Shown {
  return { shown, exact: near(value).mark === "" ? null : grouped(value) };
}

/** As the program wrote it, with mathematical signs and grouped digits. */
function exactText(formula: string, words: FormulaWords): string {
  return formula
    .replaceAll(/\b(closed_on|day)\b/g, words.day)
    .replace(/^sum of (\d+) (deals|facts|lines)$/, (_, terms: string) => words.sumOf(Number(terms)))
    .replaceAll("<=", "≤")
    .replaceAll(/(^| )x /g, (_, before: string) => `${before}× `)
    .replaceAll(" - ", ` ${MINUS} `)
    .replaceAll(" / ", " ÷ ")
    .replaceAll(/(?<![\d.-])(\d{4,}\.\d+|\d{5,})(?![\d-])/g, (number) => formatDecimal(number));
}

/** Null where the exact text is the friendly one. */
function friendly({ step, explain, formula, value }: TraceStep, words: FormulaWords): string | null {
  switch (step) {
    case "attainment": {
      if (!formula.includes("?")) return null;
      const [measure = "", goal = ""] = formula.split(" / ").map((part) => (part === "?" ? words.noFigure : formatDecimal(part)));
      return `${measure} ÷ ${goal}`;
    }
    case "measure":
      return SCORES.includes(explain.code) ? weighed(formula) : null;
    case "tier":
      return isOfAmounts(explain.params, formula) ? null : comparison(formula);
    case "rate":
      return explain.params["of"] === "per_unit" ? null : product(formula);
    case "proration":
      return formula.startsWith("x ") ? `× ${factor(formula.slice(2))}` : null;
    case "rounding": {
      const unrounded = /^\w+\((.+)\)$/.exec(formula)?.[1] ?? formula;
      return parseExact(unrounded) ? `${amount(unrounded)} → ${formatDecimal(value)}` : null;
    }
    default:
      return null;
  }
}

/** Tiers by amount start and end at amounts; by attainment at percentages. */
function isOfAmounts(params: TraceStep["explain"]["params"], formula: string): boolean {
  const bound = params["from"] ?? params["to"];
  return bound !== undefined && !bound.endsWith("%") && !formula.includes("%");
}

/** `1 < 9/5` as `100% < 180%`: in percent, with as many decimals as it takes to stay true. */
function comparison(formula: string): string | null {
  const parts = formula.split(/ (<=|<|>) /).map((part, index) => (index % 2 === 0 ? ratioOf(part) : part));
  const ratios = parts.filter((_, index) => index % 2 === 0);
  for (let places = PERCENT_PLACES; places <= MAX_PLACES; places += 1) {
    const texts = ratios.map((ratio) => roundExact(ratio, places + 2));
    if (!texts.every((text) => text !== null)) return null;
    const stays = ratios.every((ratio, at) => at === 0 || compareExact(texts[at - 1] ?? "", texts[at] ?? "") === compareExact(ratios[at - 1] ?? "", ratio));
    if (stays) return parts.map((part, index) => (index % 2 === 0 ? percent(part, places) : part.replace("<=", "≤"))).join(" ");
  }
  return null;
}

/** `80%` as the fraction that it is; anything else as it stands. */
function ratioOf(text: string): string {
  const exact = text.endsWith("%") ? parseExact(text.slice(0, -1)) : null;
  return exact ? `${exact.n}/${exact.d * 100n}` : text;
}

/** `5000.00 x 2 x (9/5 - 1)` as `5,000.00 × 200% × (180% − 100%)`. */
function product(formula: string): string | null {
  const [basis = "", rate = "", excess] = formula.split(" x ");
  const ratios = [rate, ...(excess === undefined ? [] : excess.replace(/^\((.*)\)$/, "$1").split(" - "))];
  if (![basis, ...ratios].every((one) => parseExact(one))) return null;
  const [share, upper, lower] = ratios.map(factor);
  const start = `${amount(basis)} × ${share}`;
  return upper === undefined ? start : `${start} × (${upper} ${MINUS} ${lower})`;
}

/** `40% x 0.9 (win_rate) + …` as `40% × 90% (win_rate) + …`. */
function weighed(formula: string): string {
  return formula.replaceAll(/(\S+) x (\S+) \(/g, (_, weight: string, reached: string) => `${weight} × ${parseExact(reached) ? factor(reached) : reached} (`);
}

/**
 * What something is multiplied by, so that the product can be checked by hand: `0.333%`; where no percentage is
 * exact the fraction, with what it is about: `29/30 (≈ 96.67%)`.
 */
function factor(ratio: string): string {
  for (let places = PERCENT_PLACES; places <= MAX_PLACES; places += 1) {
    if (compareExact(roundExact(ratio, places + 2) ?? "", ratio) === 0) return percent(ratio, places);
  }
  return `${grouped(ratio)} (≈ ${percent(ratio, PERCENT_PLACES)})`;
}

/** `80%` where that is exact, else `180.66%` with all its places. */
function percent(ratio: string, places: number): string {
  const text = formatPercent(ratio, places);
  const isExact = compareExact(roundExact(ratio, places + 2) ?? "", ratio) === 0;
  return isExact ? text.replace(/\.?0+%$/, "%") : text;
}

/** An amount of `44,000` or of `30865/7`, which is near 4,409.2857: how it is written, and whether that is exact. */
function near(value: string): { mark: string; text: string } {
  const places = value.split(".")[1]?.length ?? 0;
  if (!value.includes("/") && places <= UNROUNDED_PLACES) return { mark: "", text: value };
  return { mark: "≈ ", text: roundExact(value, UNROUNDED_PLACES) ?? value };
}

function amount(value: string, currency?: string): string {
  const { mark, text } = near(value);
  return mark + (currency === undefined ? formatDecimal(text) : formatMoney({ amount: text, currency }));
}

/** `10960000/6066761` with grouped digits. */
function grouped(value: string): string {
  return value.split("/").map((part) => formatDecimal(part)).join("/");
}
