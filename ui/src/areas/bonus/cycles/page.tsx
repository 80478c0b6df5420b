/** All periods with their state, newest first. */
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { CalendarRange } from "lucide-react";
import { useTranslation } from "react-i18next";

import type { CycleSummary } from "../../../backend/generated";
import { useRead } from "../../../backend/query";
import { DataTable, type Column } from "../../../components/DataTable";
import { compareExact, currencySymbol, formatAmount } from "../../../components/format";
import { Answer, EmptyState, Page } from "../../../components/Page";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { useSay } from "../../../i18n/say";
import { BonusNav } from "../BonusNav";
import { scopeOf } from "../bonusPeriod";
import { StateMark, STATES } from "../cycle/StateMark";
import { usePlans } from "../people/usePlanNames";
import "../bonus.css";

export default function CyclesPage() {
  const { t } = useTranslation();
  const cycles = useRead("list_bonus_cycles", {});
  return (
    <Page title={t("bonus.title")} context={t("bonus.cycle.list.context")}>
      <BonusNav />
      <Answer query={cycles}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              icon={<CalendarRange size={28} aria-hidden />}
              title={t("bonus.cycle.list.none")}
              text={t("bonus.cycle.list.noneText")}
              action={
                <Link to="/bonus">
                  <Button tabIndex={-1}>{t("bonus.cycle.list.toRuns")}</Button>
                </Link>
              }
            />
          ) : (
            <Table rows={rows} />
          )
        }
      </Answer>
    </Page>
  );
}

function Table({ rows }: { rows: readonly CycleSummary[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSay();
  const { planName } = usePlans();
  const navigate = useNavigate();
  const symbol = currencySymbol(rows.find(({ total }) => total)?.total?.currency ?? "").trim();
  const open = ({ period, plan }: CycleSummary) => void navigate({ to: "/bonus", search: ((old: Record<string, unknown>) => ({ ...old, period: scopeOf(period), plan })) as never });
  const columns: Column<CycleSummary>[] = [
    { key: "period", title: t("bonus.cycle.list.period"), width: 168, text: ({ period }) => periodLabel(period, t, language) },
    {
      key: "state",
      title: t("bonus.cycle.list.state"),
      width: 128,
      text: ({ state }) => t(`bonus.cycle.states.${state}`),
      render: ({ state }) => <StateMark state={state} />,
      compare: (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
    },
    { key: "total", title: t("bonus.cycle.list.total", { symbol }), width: 168, numeric: true, text: ({ total }) => formatAmount(total), compare: (a, b) => compareExact(a.total?.amount ?? "", b.total?.amount ?? "") },
    { key: "plan", title: t("bonus.cycle.list.plan"), width: 200, text: ({ plan }) => planName(plan) },
    { key: "waits", title: t("bonus.cycle.list.waits"), text: ({ waits_for }) => waits_for.map(say).join(" · ") || "—", render: ({ waits_for }) => <span className="quiet">{waits_for.map(say).join(" · ") || "—"}</span> },
  ];
  return (
    <section className="bonus-table bonus-list">
      <DataTable label={t("bonus.cycle.list.title")} columns={columns} rows={rows} rowKey={({ period, plan }) => `${period} ${plan}`} rowTestId={({ period, plan }) => `cycle-row-${period}-${plan}`} onOpen={open} testId="cycles" />
    </section>
  );
}
