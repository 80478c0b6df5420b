/** Everybody with their plans over the days that are shown. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { PersonPlan, PersonPlans } from "../../../backend/generated";
import { DataTable, type Column } from "../../../components/DataTable";
import { formatDate, formatMoney } from "../../../components/format";
import { EmptyState } from "../../../components/Page";
import { lastOf } from "./days";
import { usePlans } from "./usePlanNames";

interface Props {
  rows: readonly PersonPlans[];
  selected: ReadonlySet<string>;
  /** Null: nothing is changed here, so nobody is chosen. */
  onSelect: ((keys: ReadonlySet<string>) => void) | null;
}

export function PeopleTable({ rows, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const { planName } = usePlans();
  const columns = useMemo<Column<PersonPlans>[]>(() => {
    const days = (row: PersonPlans, plan: PersonPlan) =>
      row.plans.length === 1 ? "" : t("bonusPeople.fromTo", { from: formatDate(plan.from), last: formatDate(lastOf(plan.to)) });
    const text = (row: PersonPlans) => row.plans.map((plan) => [planName(plan.plan), days(row, plan)].filter(Boolean).join(" ")).join("; ");
    const targets = (row: PersonPlans) => row.plans.map((plan) => (plan.target_bonus ? formatMoney(plan.target_bonus) : "—"));
    return [
      { key: "name", title: t("bonusPeople.name"), text: (row) => row.name, compare: (a, b) => a.name.localeCompare(b.name, "zh-CN"), width: 140 },
      { key: "staff", title: t("bonusPeople.staff"), text: (row) => row.staff_number ?? "—", width: 110 },
      { key: "unit", title: t("bonusPeople.unit"), text: (row) => row.unit ?? "—", compare: (a, b) => (a.unit ?? "").localeCompare(b.unit ?? "", "zh-CN"), width: 150 },
      {
        key: "plans",
        title: t("bonusPeople.plan"),
        text,
        render: (row) => (
          <span className="plan-days">
            {row.plans.map((plan) => (
              <span key={plan.from}>
                {planName(plan.plan)}
                {days(row, plan) && <span className="quiet">{days(row, plan)}</span>}
              </span>
            ))}
          </span>
        ),
        compare: (a, b) => text(a).localeCompare(text(b), "zh-CN"),
      },
      { key: "why", title: t("bonusPeople.why"), text: (row) => [...new Set(row.plans.map((plan) => t(`bonusPeople.by.${plan.by}`)))].join(" / "), width: 140 },
      { key: "target", title: t("bonusPeople.target"), text: (row) => targets(row).join(" / "), numeric: true, width: 184 },
    ];
  }, [t, planName]);
  if (rows.length === 0) return <EmptyState title={t("bonusPeople.people.empty")} />;
  const most = Math.max(1, ...rows.map((row) => row.plans.length));
  return (
    <DataTable
      label={t("bonusPeople.people.title")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.person}
      rowPx={most > 1 ? 20 * Math.min(most, 4) + 16 : 36}
      {...(onSelect ? { selected, onSelect } : {})}
      maxHeight={520}
      testId="people-table"
      rowTestId={(row) => `plans-${row.person}`}
    />
  );
}
