/** The periods of a year: each with what it is, its amounts, and why. A kept one opens its statement. */
import { useNavigate } from "@tanstack/react-router";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { EarningsPeriod, ExpectedEarnings, Money } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatAmount, formatDecimal, MISSING, sumDecimals } from "../../../components/format";
import { useSay } from "../../../i18n/say";
import { scopeOf } from "../bonusPeriod";

const STATES = ["kept", "calculated", "expected", "unknown"] as const;
const COLOURS = { kept: "green", calculated: "blue", expected: "gold", unknown: "default" } as const;

export function Periods({ view }: { view: ExpectedEarnings }) {
  const { t } = useTranslation();
  const say = useSay();
  const navigate = useNavigate();
  const symbol = currencySymbol(view.total.currency).trim();
  const stateOf = (row: EarningsPeriod) => STATES.find((one) => one === row.state) ?? "unknown";
  const amount = (key: "so_far" | "expected" | "total", title: string, total: Money): Column<EarningsPeriod> => ({
    key,
    title,
    width: 124,
    numeric: true,
    compare: (a, b) => compareExact(a[key]?.amount ?? "", b[key]?.amount ?? ""),
    text: (row) => formatAmount(row[key]),
    total: formatAmount(total),
  });
  const known = { ...view.kept, amount: sumDecimals([view.kept.amount, view.so_far.amount]) };
  const columns: Column<EarningsPeriod>[] = [
    { key: "period", title: t("bonusIf.earnings.columns.period"), width: 116, text: (row) => row.label, total: "" },
    {
      key: "state",
      title: t("bonusIf.earnings.columns.state"),
      width: 96,
      text: (row) => t(`bonusIf.earnings.states.${stateOf(row)}`),
      render: (row) => <Tag color={COLOURS[stateOf(row)]}>{t(`bonusIf.earnings.states.${stateOf(row)}`)}</Tag>,
      total: "",
    },
    amount("so_far", t("bonusIf.earnings.columns.soFar", { symbol }), known),
    amount("expected", t("bonusIf.earnings.columns.expected", { symbol }), view.expected),
    amount("total", t("bonusIf.earnings.columns.total", { symbol }), view.total),
    {
      key: "interval",
      title: t("bonusIf.earnings.interval"),
      width: 168,
      numeric: true,
      text: (row) => (row.lower && row.upper ? t("bonusIf.earnings.range", { lower: formatDecimal(row.lower.amount), upper: formatDecimal(row.upper.amount) }) : MISSING),
      total: "",
    },
    { key: "sales", title: t("bonusIf.earnings.sales", { symbol }), width: 124, numeric: true, text: (row) => formatAmount(row.sales), total: "" },
    {
      key: "remarks",
      title: t("bonusIf.earnings.columns.remarks"),
      text: (row) => row.notes.map(say).join(" "),
      render: (row) => <span className="quiet">{row.notes.map(say).join(" ")}</span>,
      total: "",
    },
  ];
  const open = (row: EarningsPeriod) =>
    void navigate({ to: "/bonus", search: { period: scopeOf(row.period), plan: row.plan, statement: view.person } as never });
  return (
    <DataTable
      label={t("bonusIf.earnings.table")}
      columns={columns}
      rows={view.periods}
      rowKey={(row) => `${row.period} ${row.plan}`}
      rowTestId={(row) => `earnings-${row.period}-${row.plan}`}
      onOpen={open}
      opens={(row) => row.state === "kept"}
      maxHeight={800}
      rowPx={56}
    />
  );
}
