/** All goals of KPIs that are set, of this period or of all, of the chosen or of everybody; a row opens to change it. */
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { KpiGoalRow } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, formatDate } from "../../../components/format";
import { Answer, Section } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useLanguage, useWord } from "../../../i18n";
import { both } from "../../../i18n/both";
import { shownText } from "./exact";

interface Props {
  period: string;
  /** Whose were chosen; null: nobody's. */
  who: string | null;
  /** Null: nothing is changed here. */
  onOpen: ((row: KpiGoalRow) => void) | null;
}

export function GoalsSet({ period, who, onOpen }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [periods, setPeriods] = useState<"only" | "every">("only");
  const [whose, setWhose] = useState<"only" | "every">("every");
  const goals = useRead("list_kpi_goals", periods === "only" ? { period } : {});
  return (
    <Section
      title={t("scorecards.goals.all")}
      context={t("scorecards.goals.allContext")}
      actions={
        <>
          {who !== null && (
            <Segmented<"only" | "every">
              aria-label={t("scorecards.goals.filterWhose")}
              value={whose}
              onChange={setWhose}
              options={[
                { value: "every", label: t("scorecards.goals.everyWhose") },
                { value: "only", label: <span data-testid="kpi-goals-only">{t("scorecards.goals.onlyWhose")}</span> },
              ]}
            />
          )}
          <Segmented<"only" | "every">
            aria-label={t("scorecards.goals.filterPeriod")}
            value={periods}
            onChange={setPeriods}
            options={[
              { value: "only", label: `${t("scorecards.goals.onlyPeriod")} (${periodLabel(period, t, language)})` },
              { value: "every", label: <span data-testid="kpi-goals-every">{t("scorecards.goals.everyPeriod")}</span> },
            ]}
          />
        </>
      }
      testId="kpi-goals-set"
    >
      <Answer query={goals}>{(rows) => <Rows rows={who !== null && whose === "only" ? rows.filter((row) => row.whose === who) : rows} onOpen={onOpen} />}</Answer>
    </Section>
  );
}

function Rows({ rows, onOpen }: { rows: readonly KpiGoalRow[]; onOpen: Props["onOpen"] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useWord();
  const columns = useMemo<Column<KpiGoalRow>[]>(() => {
    const name = (row: KpiGoalRow) => both(row.name, language);
    const whose = (row: KpiGoalRow) => [row.whose_name, row.staff_number].filter(Boolean).join(" ");
    return [
      { key: "kpi", title: t("scorecards.goals.kpi"), text: name, compare: (a, b) => name(a).localeCompare(name(b), language) },
      { key: "whose", title: t("scorecards.goals.whose"), text: whose, compare: (a, b) => whose(a).localeCompare(whose(b), "zh-CN") },
      { key: "level", title: t("scorecards.goals.level"), width: 110, text: (row) => word("scorecards.goals.levels", row.level) },
      { key: "period", title: t("scorecards.goals.period"), width: 140, text: (row) => periodLabel(row.period, t, language), compare: (a, b) => a.period.localeCompare(b.period) },
      { key: "from", title: t("scorecards.goals.from"), width: 120, text: (row) => formatDate(row.from), compare: (a, b) => a.from.localeCompare(b.from) },
      { key: "to", title: t("scorecards.goals.to"), width: 150, text: (row) => (row.to === null ? t("scorecards.goals.open") : formatDate(row.to)) },
      { key: "value", title: t("scorecards.goals.value"), width: 150, numeric: true, text: (row) => shownText(row.shown), compare: (a, b) => compareExact(a.value, b.value) },
    ];
  }, [t, language, word]);
  return (
    <DataTable
      label={t("scorecards.goals.all")}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.metric} ${row.whose} ${row.period} ${row.from}`}
      onOpen={onOpen ?? undefined}
      empty={t("scorecards.goals.allNone")}
      testId="kpi-goals-list"
      rowTestId={(row) => `kpi-set-${row.metric}-${row.whose}-${row.period}`}
    />
  );
}
