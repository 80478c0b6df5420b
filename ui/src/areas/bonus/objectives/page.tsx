/** Objectives of people for a period: what they are to reach besides numbers, and how far they did. */
import { Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { PersonObjectives } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { Answer, EmptyState, Page, Section } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useRights } from "../../../components/rights";
import { useScope } from "../../../components/scope";
import { useLanguage } from "../../../i18n";
import { BonusNav } from "../BonusNav";
import { bonusPeriodOf, kindOf } from "../bonusPeriod";
import { ObjectivesDrawer } from "./ObjectivesDrawer";
import "../bonus.css";
import "./objectives.css";

export default function ObjectivesPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { period: scoped } = useScope();
  const [picked, setPicked] = useState<string | null>(null);
  const runs = useRead("list_bonus_runs", {});
  const known = runs.data?.periods ?? [];
  const period = picked ?? bonusPeriodOf(scoped, kindOf(known[0] ?? "") ?? "quarter", known);
  const list = useRead("list_objectives", { period }, { enabled: !runs.isPending });
  const mayEdit = useRights()("edit_bonus_plan");
  const [open, setOpen] = useState<string | null>(null);
  const opened = list.data?.people.find(({ person }) => person === open) ?? null;
  return (
    <Page
      title={t("bonus.title")}
      context={t("bonusObjectives.context")}
      actions={
        <Select
          aria-label={t("bonus.period")}
          data-testid="objectives-period"
          className="bonus-period"
          value={period}
          options={(list.data?.periods ?? [period]).map((value) => ({ value, label: periodLabel(value, t, language) }))}
          onChange={(value) => {
            setPicked(value);
            setOpen(null);
          }}
        />
      }
    >
      <BonusNav />
      <Answer query={list}>
        {(data) =>
          data.people.length === 0 ? (
            <EmptyState title={t("bonusObjectives.empty")} text={t("bonusObjectives.emptyText")} />
          ) : (
            <Section title={t("bonusObjectives.title")} context={t("bonusObjectives.tableContext")}>
              <Table rows={data.people} onOpen={(row) => setOpen(row.person)} />
            </Section>
          )
        }
      </Answer>
      {opened && list.data && (
        <ObjectivesDrawer
          key={`${opened.person} ${period}`}
          own={opened}
          period={period}
          periods={list.data.periods}
          others={list.data.people}
          mayEdit={mayEdit && !opened.approved}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  );
}

function Table({ rows, onOpen }: { rows: readonly PersonObjectives[]; onOpen: (row: PersonObjectives) => void }) {
  const { t } = useTranslation();
  const columns = useMemo<Column<PersonObjectives>[]>(() => {
    const state = (row: PersonObjectives) => {
      if (row.objectives.length === 0) return t("bonusObjectives.state.none");
      if (row.approved) return t("bonusObjectives.state.approved");
      const waiting = row.objectives.filter(({ result }) => result === null).length;
      return waiting === 0 ? t("bonusObjectives.state.judged") : t("bonusObjectives.state.waiting", { waiting, all: row.objectives.length });
    };
    return [
      { key: "name", title: t("bonusPeople.name"), text: (row) => row.name, compare: (a, b) => a.name.localeCompare(b.name, "zh-CN"), width: 150 },
      { key: "staff", title: t("bonusPeople.staff"), text: (row) => row.staff_number ?? "—", width: 110 },
      { key: "unit", title: t("bonusPeople.unit"), text: (row) => row.unit ?? "—", compare: (a, b) => (a.unit ?? "").localeCompare(b.unit ?? "", "zh-CN"), width: 150 },
      { key: "objectives", title: t("bonusObjectives.objectives"), text: (row) => row.objectives.map(({ name, weight }) => `${name} ${weight}`).join(t("bonusPeople.comma")) || "—" },
      { key: "state", title: t("bonusObjectives.stateTitle"), text: state, width: 180 },
      { key: "reached", title: t("bonusObjectives.reached"), text: (row) => row.reached ?? "—", numeric: true, width: 120 },
    ];
  }, [t]);
  return (
    <DataTable
      label={t("bonusObjectives.title")}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.person}
      onOpen={onOpen}
      maxHeight={600}
      testId="objectives-table"
      rowTestId={(row) => `objectives-${row.person}`}
    />
  );
}
