/** A metric's table as CSV for a spreadsheet: exactly the rows that are shown. */
import type { MetricCell, MetricTable } from "../../../backend/generated";
import { csv } from "../../../components/recordsCsv";
import { defuse } from "../../../components/spreadsheet";

interface Words {
  headers: readonly [item: string, value: string, compared: string, change: string];
  label: (row: MetricTable["rows"][number]) => string;
  whole: string;
}

export function metricCsv({ rows, total }: MetricTable, compared: boolean, { headers, label, whole }: Words): string {
  const line = (name: string, cell: MetricCell) =>
    [defuse(name), cell.shown ?? "", cell.compared ?? "", cell.change_shown ?? ""].slice(0, compared ? 4 : 2);
  const lines = rows.map((row) => line(label(row), row.cell));
  // One row is the whole itself.
  return csv([headers.slice(0, compared ? 4 : 2), ...lines, ...(rows.length > 1 ? [line(whole, total)] : [])]);
}
