/** Deals as CSV for a spreadsheet. */
import type { RecordRow } from "../backend/generated";
import { defuse } from "./spreadsheet";

export type CsvHeaders = readonly [string, ...string[]];

/** Header and rows, lines by CRLF as RFC 4180 wants. Amounts are plain decimals. */
export function recordsCsv(headers: CsvHeaders, rows: readonly RecordRow[], stage: (code: string) => string): string {
  const lines = rows.map((row) => [
    row.closed_on ?? "",
    row.opened_on ?? "",
    text(row.external_id),
    text(row.customer),
    text(row.customer_type),
    text(row.product),
    text(row.owner),
    text(row.team),
    stage(row.stage),
    row.amount?.amount ?? "",
    row.amount?.currency ?? "",
  ]);
  return csv([headers, ...lines]);
}

/** Lines of cells as RFC 4180 wants them. */
export function csv(lines: readonly (readonly string[])[]): string {
  return lines.map((line) => line.map(quote).join(",")).join("\r\n");
}

function text(value: string | null): string {
  return defuse(value ?? "");
}

function quote(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
