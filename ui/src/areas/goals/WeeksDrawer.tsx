/** One row of the decomposition down to its weeks, with the sum of each month checked. */
import { Check } from "lucide-react";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { GoalNode } from "../../backend/generated";
import { useRead } from "../../backend/query";
import { Money, Percent } from "../../components/figures";
import { formatDecimal, compareExact, currencySymbol, sumDecimals } from "../../components/format";
import { Answer } from "../../components/Page";
import { dayBefore, periodLabel, shortPeriodLabel } from "../../components/period";
import { useLanguage } from "../../i18n";
import { GoalWhyDrawer } from "./GoalWhyDrawer";
import { rowName, type GoalRow } from "./tree";
import { useGoalMetric } from "./metric";

interface Props {
  /** Null is closed. The drawer stays, so that closing gives the focus back to the row. */
  row: GoalRow | null;
  year: number;
  onClose: () => void;
  onOpenActual: (row: GoalRow) => void;
  onHistory: (row: GoalRow) => void;
}

export function WeeksDrawer({ row, year, onClose, onOpenActual, onHistory }: Props) {
  const { t } = useTranslation();
  const [metric] = useGoalMetric();
  const [why, setWhy] = useState<string | null>(null);
  return (
    <Drawer
      open={row !== null}
      destroyOnHidden
      onClose={onClose}
      size={560}
      title={row && t("goals.weeks.title", { name: rowName(row), year: String(year) })}
      data-testid="goal-weeks"
      extra={
        row && (
          <>
            <Button size="small" onClick={() => setWhy(row.unit)} data-testid="goal-row-why">
              {t("goalWhy.open")}
            </Button>
            <Button size="small" onClick={() => onHistory(row)} data-testid="goal-row-history">
              {t("history.open")}
            </Button>
            {row.actual && (
              <Button size="small" onClick={() => onOpenActual(row)}>
                {t("goals.weeks.actual")}
              </Button>
            )}
          </>
        )
      }
    >
      {row && <Content row={row} year={year} />}
      <GoalWhyDrawer unit={row && why} year={year} metric={metric} onClose={() => setWhy(null)} />
    </Drawer>
  );
}

function Content({ row, year }: { row: GoalRow; year: number }) {
  const { t } = useTranslation();
  const [metric] = useGoalMetric();
  const weeks = useRead("get_goal_weeks", { metric, year, unit: row.unit });
  return (
    <>
      {row.actual && (
        <dl className="facts goal-weeks-reached">
          <dt>{t("goals.table.actualShort")}</dt>
          <dd><Money value={row.actual.actual} /></dd>
          <dt>{t("goals.table.attainment")}</dt>
          <dd><Percent value={row.actual.attainment} /></dd>
        </dl>
      )}
      <p className="quiet">{t("goals.weeks.explain")}</p>
      <Answer query={weeks}>
        {(nodes) => (
          // The list is longer than the drawer: keys scroll it once it has the focus.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <div role="region" tabIndex={0} aria-label={t("goals.weeks.title", { name: rowName(row), year: String(year) })}>
            <Weeks row={row} nodes={nodes} />
          </div>
        )}
      </Answer>
    </>
  );
}

function Weeks({ row, nodes }: { row: GoalRow; nodes: GoalNode[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const own = nodes.filter((node) => node.unit === row.unit && node.parent_unit === row.parent);
  const cut = own.filter((node) => node.period.includes("/W"));
  const months = new Map<string, GoalNode[]>();
  for (const node of cut) {
    const month = node.parent_period ?? node.period.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), node]);
  }
  return (
    // Scrolls with its drawer, so that it can be reached by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <table className="plain-table" tabIndex={0}>
      <thead>
        <tr>
          <th scope="col">{t("goals.weeks.week")}</th>
          <th scope="col">{t("goals.weeks.days")}</th>
          <th scope="col" className="number">{t("goals.weeks.amount", { symbol: currencySymbol(row.currency).trim() })}</th>
        </tr>
      </thead>
      {[...months].map(([month, parts]) => {
        const total = sumDecimals(parts.map((node) => node.amount));
        const whole = row.amounts.get(month);
        return (
          <tbody key={month}>
            <tr className="weeks-month">
              <th scope="rowgroup" colSpan={2}>
                {periodLabel(month, t, language)}
                {whole !== undefined && compareExact(whole, total) === 0 && (
                  <span className="closure" title={t("goals.closure.ok")}>
                    <Check size={13} aria-hidden />
                    <span className="sr-only">{t("goals.closure.ok")}</span>
                  </span>
                )}
              </th>
              <td className="number figure">{formatDecimal(whole ?? total)}</td>
            </tr>
            {parts.map((node) => {
              return (
                <tr key={node.period}>
                  <th scope="row">{shortPeriodLabel(node.period, t, language)}</th>
                  <td className="quiet figure">{node.days && `${node.days.from.slice(5)} – ${dayBefore(node.days.to).slice(5)}`}</td>
                  <td className="number figure">{formatDecimal(node.amount)}</td>
                </tr>
              );
            })}
          </tbody>
        );
      })}
    </table>
  );
}
