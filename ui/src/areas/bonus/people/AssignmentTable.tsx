/** The assignments as they are kept. Where there is none everybody is under the one plan. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { PlanAssignmentRow } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { Money } from "../../../components/figures";
import { formatAmount, formatDate } from "../../../components/format";
import { EmptyState } from "../../../components/Page";
import { lastOf } from "./days";
import { usePlans } from "./usePlanNames";

interface Props {
  rows: readonly PlanAssignmentRow[];
  onOpen?: (row: PlanAssignmentRow) => void;
}

export function AssignmentTable({ rows, onOpen }: Props) {
  const { t } = useTranslation();
  const { planName } = usePlans();
  const columns = useMemo<Column<PlanAssignmentRow>[]>(() => {
    const whom = (row: PlanAssignmentRow) => row.name ?? t("bonusPeople.everybody");
    const kind = (row: PlanAssignmentRow) => t(row.person ? "bonusPeople.by.person" : row.unit ? "bonusPeople.by.unit" : "bonusPeople.by.everybody");
    return [
      { key: "whom", title: t("bonusPeople.whom"), text: whom },
      { key: "kind", title: t("bonusPeople.kind"), text: kind, width: 120 },
      { key: "plan", title: t("bonusPeople.plan"), text: (row) => planName(row.plan) },
      { key: "from", title: t("bonusPeople.from"), text: (row) => (row.from ? formatDate(row.from) : t("bonusPeople.always")), width: 130 },
      { key: "to", title: t("bonusPeople.last"), text: (row) => (row.to ? formatDate(lastOf(row.to)) : t("bonusPeople.open")), width: 130 },
      {
        key: "target",
        title: t("bonusPeople.target"),
        text: (row) => formatAmount(row.target_bonus),
        render: (row) => <Money value={row.target_bonus} />,
        numeric: true,
        width: 150,
      },
    ];
  }, [t, planName]);
  if (rows.length === 0) return <EmptyState title={t("bonusPeople.assignments.empty")} text={t("bonusPeople.assignments.emptyText")} />;
  return (
    <DataTable
      label={t("bonusPeople.assignments.title")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      onOpen={onOpen}
      maxHeight={260}
      testId="assignment-table"
      rowTestId={(row) => `assignment-${row.id}`}
    />
  );
}
