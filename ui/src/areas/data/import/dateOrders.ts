/** Orders of day, month and year in a column: where one is to be chosen, and how a value is read in each. */
import type { FieldMapping, ImportFile } from "../../../backend/generated";

export const DATE_ORDERS = ["day_first", "month_first", "year_first"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** A value of the column as each order reads it; null where it is no date in that order. */
export interface Readings {
  value: string;
  days: Record<DateOrder, string | null>;
}

/** Whether the values of a field's column need an order at all. The program says so by its evidence. */
export function needsOrder(file: ImportFile, { field, column, date_order }: FieldMapping): boolean {
  if (column === null) return false;
  if (date_order !== null) return true;
  return file.evidence.some(
    ({ code, params }) =>
      params["field"] === field &&
      (code === "date_order_undecided" || (code.startsWith("evidence_dates") && params["order"] === "undecided")),
  );
}

/** Fields whose dates nobody can read yet. */
export function undecidedOrders(file: ImportFile): FieldMapping[] {
  return file.fields.filter((field) => field.date_order === null && needsOrder(file, field));
}

/** The value whose readings differ most: it shows best what an order changes. Null if none needs an order. */
export function exampleOf(values: readonly string[]): Readings | null {
  let best: Readings | null = null;
  let most = 0;
  for (const value of values) {
    const days = readings(value);
    const different = days ? new Set(Object.values(days).filter((day) => day !== null)).size : 0;
    if (days && different > most) [best, most] = [{ value, days }, different];
  }
  return best;
}

/** Two numbers of at most two digits, then a year or a third: `01-03-26`, `1/3/2026`, `01.03.26 08:00`. */
const TRIPLE = /^\s*(\d{1,2})\s*[-/.年月]\s*(\d{1,2})\s*[-/.月日]\s*(\d{4}|\d{1,2})(?!\d)/;

function readings(value: string): Readings["days"] | null {
  const match = TRIPLE.exec(value.normalize("NFKC"));
  if (!match) return null;
  const [, first = "", second = "", third = ""] = match;
  return {
    day_first: calendarDay(third, second, first),
    month_first: calendarDay(third, first, second),
    year_first: third.length === 4 ? null : calendarDay(first, second, third),
  };
}

/** As the program reads it: two digits up to 69 are of this century, one digit is no year. */
function calendarDay(yearText: string, monthText: string, dayText: string): string | null {
  const [year, month, number] = [Number(yearText), Number(monthText), Number(dayText)];
  if (yearText.length !== 4 && yearText.length !== 2) return null;
  const full = yearText.length === 4 ? year : year <= 69 ? 2000 + year : 1900 + year;
  const date = new Date(Date.UTC(full, month - 1, number));
  const exists = date.getUTCFullYear() === full && date.getUTCMonth() === month - 1 && date.getUTCDate() === number;
  return exists ? date.toISOString().slice(0, 10) : null;
}
