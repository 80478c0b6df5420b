/** Numbers before and after: what a change moves, or what two versions differ in. */
import { useTranslation } from "react-i18next";

import type { GoalDifference } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { Change } from "../../../components/figures";
import { compareExact, formatChange, formatDecimal, MISSING } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useLanguage, useWord } from "../../../i18n";
import { difference, relative, signed } from "./growth";

interface Props {
  label: string;
  rows: readonly GoalDifference[];
  /** All of them, where `rows` are the largest. */
  count?: number;
  maxHeight?: number;
  testId?: string;
}

export function MovedTable({ label, rows, count, maxHeight, testId }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  const gained = (row: GoalDifference) => difference(row.before, row.after);
  const share = (row: GoalDifference) => relative(row.before, row.after);
  // One period alone needs no column.
  const several = rows.some(({ period }) => period !== rows[0]?.period);
  const columns: Column<GoalDifference>[] = [
    { key: "unit", title: t("goals.table.unit"), text: ({ name, staff_number: staff }) => (staff ? `${name} ${staff}` : name) },
    { key: "level", title: t("goals.grid.level"), text: ({ level }) => word("goals.grid.levels", level), width: 104 },
    ...(several ? [{ key: "period", title: t("goals.grid.period"), text: ({ period }: GoalDifference) => periodLabel(period, t, language), width: 112 }] : []),
    { key: "before", title: t("goals.grid.before"), text: ({ before }) => formatDecimal(before), numeric: true, width: 120 },
    { key: "after", title: t("goals.grid.after"), text: ({ after }) => formatDecimal(after), numeric: true, width: 120 },
    {
      key: "change",
      title: t("goals.grid.change"),
      text: (row) => (gained(row) === null ? MISSING : signed(gained(row) ?? "")),
      compare: (a, b) => compareExact(gained(a) ?? "", gained(b) ?? ""),
      numeric: true,
      width: 112,
    },
    {
      key: "share",
      title: "%",
      text: (row) => formatChange(share(row)),
      render: (row) => <Change value={share(row)} />,
      compare: (a, b) => compareExact(share(a) ?? "", share(b) ?? ""),
      numeric: true,
      width: 88,
    },
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      rowKey={({ unit, period, level }) => `${unit} ${period} ${level}`}
      rowPx={32}
      empty={t("goals.grid.noDifference")}
      {...(count !== undefined && { count })}
      {...(maxHeight !== undefined && { maxHeight })}
      {...(testId !== undefined && { testId })}
    />
  );
}
