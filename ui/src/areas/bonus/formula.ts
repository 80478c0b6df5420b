/**
 * Steps of a calculation as people read them: percentages instead of ratios, words instead of codes.
 * What the program wrote stays reachable beside it, exactly.
 */
import type { TraceStep } from "../../backend/generated";
import { compareExact, formatDecimal, formatMoney, formatPercent, MINUS, MISSING, parseExact, roundExact } from "../../components/format";

/** Percentages have two decimals, as the sentences of the program have them. */
const PERCENT_PLACES = 2;
/** Beyond these a percentage is longer than the fraction. */
const MAX_PLACES = 12;
/** Decimals that an amount keeps before it is rounded, so that the rounding is seen. */
const UNROUNDED_PLACES = 4;

export interface FormulaWords {
  closedOn: string;
  noGoal: string;
  belowTiers: string;
  aboveTiers: string;
  sumOf: (deals: number) => string;
  deals: (deals: number) => string;
  tier: (number: string) => string;
}

/** A text for people, and the exact one where it says more. */
export interface Shown {
  shown: string;
  exact: string | null;
}

/** The formula of a step; null where the sentence says all of it. */
export function readFormula({ step, formula, value }: TraceStep, words: FormulaWords): Shown | null {
  if (formula === "") return null;
  const exact = exactText(formula, words);
  const shown = friendly(step, formula, value, words) ?? exact;
  return { shown, exact: shown === exact ? null : exact };
}

/** The value of a step, in the run's currency. */
export function readValue({ step, explain, value }: TraceStep, currency: string, words: FormulaWords): Shown {
  if (value === "") return { shown: MISSING, exact: null };
  if (!parseExact(value)) return { shown: value, exact: null };
  switch (step) {
    case "credit":
      return { shown: words.deals(Number(value)), exact: null };
    case "attainment":
      return { shown: percent(value, PERCENT_PLACES), exact: grouped(value) };
    case "tier":
      if (explain.code === "tier_above") return { shown: words.aboveTiers, exact: null };
      return { shown: explain.code === "tier_below" ? words.belowTiers : words.tier(value), exact: null };
    default:
      return { shown: amount(value, currency), exact: near(value).mark === "" ? null : grouped(value) };
  }
}

/** As the program wrote it, with mathematical signs and grouped digits. */
function exactText(formula: string, words: FormulaWords): string {
  return formula
    .replaceAll("closed_on", words.closedOn)
    .replace(/^sum of (\d+) deals$/, (_, deals: string) => words.sumOf(Number(deals)))
    .replaceAll("<=", "≤")
    .replaceAll(" x ", " × ")
    .replaceAll(" - ", ` ${MINUS} `)
    .replaceAll(" / ", " ÷ ")
    .replaceAll(/(?<![\d.-])(\d{4,}\.\d+|\d{5,})(?![\d-])/g, (number) => formatDecimal(number));
}

/** Null where the exact text is the friendly one. */
function friendly(step: string, formula: string, value: string, words: FormulaWords): string | null {
  if (step === "attainment") {
    const [actual = "", goal] = formula.split(" / ");
    return goal === "?" ? `${formatDecimal(actual)} ÷ ${words.noGoal}` : null;
  }
  if (step === "tier") return comparison(formula);
  if (step === "rate") return product(formula);
  const unrounded = step === "rounding" ? /^\w+\((.+)\)$/.exec(formula)?.[1] : undefined;
  return unrounded && parseExact(unrounded) ? `${amount(unrounded)} → ${formatDecimal(value)}` : null;
}

/** `1 < 9/5` as `100% < 180%`: in percent, with as many decimals as it takes to stay true. */
function comparison(formula: string): string | null {
  const parts = formula.split(/ (<=|<|>) /);
  const ratios = parts.filter((_, index) => index % 2 === 0);
  for (let places = PERCENT_PLACES; places <= MAX_PLACES; places += 1) {
    const texts = ratios.map((ratio) => roundExact(ratio, places + 2));
    if (!texts.every((text) => text !== null)) return null;
    const stays = ratios.every((ratio, at) => at === 0 || compareExact(texts[at - 1] ?? "", texts[at] ?? "") === compareExact(ratios[at - 1] ?? "", ratio));
    if (stays) return parts.map((part, index) => (index % 2 === 0 ? percent(part, places) : part.replace("<=", "≤"))).join(" ");
  }
  return null;
}

/** `5000.00 x 2 x (9/5 - 1)` as `5,000.00 × 200% × (180% − 100%)`. */
function product(formula: string): string | null {
  const [basis = "", rate = "", excess] = formula.split(" x ");
  const ratios = [rate, ...(excess === undefined ? [] : excess.replace(/^\((.*)\)$/, "$1").split(" - "))];
  if (![basis, ...ratios].every((one) => parseExact(one))) return null;
  const [share, upper, lower] = ratios.map((ratio) => percent(ratio, PERCENT_PLACES));
  const start = `${formatDecimal(basis)} × ${share}`;
  return upper === undefined ? start : `${start} × (${upper} ${MINUS} ${lower})`;
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
