/** Steps of a calculation as people read them. The exact text stays what it is underneath. */
import type { TraceStep } from "../../backend/generated";
import { formatDecimal, formatPercent, MISSING, parseExact } from "../../components/format";

interface FormulaWords {
  closedOn: string;
  sumOf: (deals: string) => string;
}

/** Mathematical signs, grouped digits and the few words; days and short numbers stay as they are. */
export function readableFormula(formula: string, words: FormulaWords): string {
  return formula
    .replaceAll("closed_on", words.closedOn)
    .replaceAll(/sum of (\d+) deals/g, (_, deals: string) => words.sumOf(deals))
    .replaceAll("<=", "≤")
    .replaceAll(" x ", " × ")
    .replaceAll(" / ", " ÷ ")
    .replaceAll(/(?<![\d-])(\d{4,}\.\d+|\d{5,})(?![\d-])/g, (number) => formatDecimal(number));
}

/** Steps whose value is a share. */
const SHARES: readonly string[] = ["attainment"];

/** The value as shown, and exactly. */
export function stepValue({ step, value }: Pick<TraceStep, "step" | "value">): { shown: string; exact: string } {
  if (value === "") return { shown: MISSING, exact: MISSING };
  if (SHARES.includes(step) && parseExact(value)) return { shown: formatPercent(value), exact: value };
  const grouped = formatDecimal(value);
  return { shown: grouped, exact: grouped };
}
