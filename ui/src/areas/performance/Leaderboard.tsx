/** People in order of what they won. Ties share a rank; two people of one name are told apart by their number. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { LeaderboardRow } from "../../backend/generated";
import { AttainmentBar } from "../../components/AttainmentBar";
import { DataTable, type Column } from "../../components/DataTable";
import { sharedNames } from "../../components/sharedNames";
import { currencySymbol, formatAmount, formatCount, formatPercent } from "../../components/format";

interface Props {
  /** In place of the usual one. */
  title?: string | null | undefined;
  rows: readonly LeaderboardRow[];
  onOpen: (row: LeaderboardRow) => void;
}

export function Leaderboard({ title, rows, onOpen }: Props) {
  const { t } = useTranslation();
  const shared = useMemo(() => sharedNames(rows), [rows]);
  const symbol = currencySymbol(rows.find((row) => row.won_amount)?.won_amount?.currency ?? "").trim();
  // The company decides whether everybody sees the amounts of others.
  const hidden = rows.some((row) => row.won_amount === null);
  const nameOf = (row: LeaderboardRow) =>
    shared.has(row.name) && row.staff_number ? `${row.name} ${row.staff_number}` : row.name;
  const columns: Column<LeaderboardRow>[] = [
    {
      key: "rank",
      title: t("performance.leaderboard.rank"),
      width: 64,
      numeric: true,
      text: (row) => String(row.rank),
      render: (row) => <span className="quiet figure">{row.rank}</span>,
    },
    {
      key: "name",
      title: t("performance.leaderboard.name"),
      text: nameOf,
      render: (row) => (
        <>
          {row.name}
          {nameOf(row) !== row.name && <span className="staff">{row.staff_number}</span>}
        </>
      ),
    },
    { key: "team", title: t("performance.leaderboard.team"), text: (row) => row.team },
    { key: "count", title: t("performance.leaderboard.count"), width: 92, numeric: true, text: (row) => formatCount(row.won_count) },
    {
      key: "amount",
      title: t("performance.leaderboard.amount", { symbol }),
      width: 126,
      numeric: true,
      text: (row) => formatAmount(row.won_amount),
    },
    {
      key: "attainment",
      title: t("performance.leaderboard.attainment"),
      width: 112,
      numeric: true,
      text: (row) => formatPercent(row.attainment),
      render: (row) => (
        <span className="leader-attainment">
          {formatPercent(row.attainment)}
          <AttainmentBar value={row.attainment} label={t("performance.leaderboard.attainment")} />
        </span>
      ),
    },
  ];
  return (
    <section className="chart-card leaderboard" aria-label={t("performance.leaderboard.title")} data-testid="leaderboard">
      <header className="chart-head">
        <div className="chart-words">
          <h2>{title ?? t("performance.leaderboard.title")}</h2>
          <p className="quiet">{t(hidden ? "performance.leaderboard.hidden" : "performance.leaderboard.subtitle")}</p>
        </div>
      </header>
      {rows.length === 0 ? (
        <p className="chart-empty quiet">{t("performance.leaderboard.empty")}</p>
      ) : (
        <DataTable
          label={t("performance.leaderboard.title")}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.person}
          rowPx={32}
          onOpen={onOpen}
          rowTestId={(row) => `leader-${row.person}`}
        />
      )}
    </section>
  );
}
