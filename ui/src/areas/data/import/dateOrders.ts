/** Orders of day, month and year in a column: where one is to be chosen. How values are read in each the program says. */
import type { FieldMapping, ImportFile } from "../../../backend/generated";

export const DATE_ORDERS = ["day_first", "month_first", "year_first"] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

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
