/** The people of a unit by their own scorecards; a row opens the person. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ScorecardOf } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, MISSING } from "../../../components/format";
import { useLanguage } from "../../../i18n";
import { SEPARATORS } from "../../../i18n/say";
import { both } from "../../../i18n/both";

export function ResultPeople({ rows, onOpen }: { rows: readonly ScorecardOf[]; onOpen: (person: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const columns = useMemo<Column<ScorecardOf>[]>(() => {
    const missing = (row: ScorecardOf) =>
      row.no_scorecard
        ? t("scorecards.people.noScorecard")
        : row.kpis.filter(({ metric }) => row.missing.includes(metric)).map(({ name }) => both(name, language)).join(SEPARATORS[language]);
    return [
      { key: "name", title: t("scorecards.people.name"), text: (row) => [row.name, row.staff_number].filter(Boolean).join(" "), compare: (a, b) => a.name.localeCompare(b.name, "zh-CN") },
      { key: "role", title: t("scorecards.people.role"), width: 140, text: (row) => (row.role === null ? MISSING : t(`scorecards.roles.${row.role}`)) },
      { key: "total", title: t("scorecards.people.total"), width: 110, numeric: true, text: (row) => row.total_shown ?? MISSING, compare: (a, b) => compareExact(a.total ?? "", b.total ?? "") },
      { key: "present", title: t("scorecards.people.present"), width: 120, numeric: true, text: (row) => row.present_shown ?? MISSING, compare: (a, b) => compareExact(a.present ?? "", b.present ?? "") },
      { key: "weight", title: t("scorecards.people.ofWeight"), width: 120, numeric: true, text: (row) => row.present_weight_shown ?? MISSING, compare: (a, b) => compareExact(a.present_weight ?? "", b.present_weight ?? "") },
      { key: "missing", title: t("scorecards.people.missing"), width: 260, text: missing },
    ];
  }, [t, language]);
  return (
    <DataTable
      label={t("scorecards.people.title")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.whose}
      onOpen={(row) => onOpen(row.whose)}
      empty={t("scorecards.people.none")}
      testId="kpi-people-table"
      rowTestId={(row) => `kpi-person-${row.whose}`}
    />
  );
}
