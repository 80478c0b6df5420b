/** Below the tree-table: how many rows, and the focused cell in words, also what only hovering would show. */
import { useTranslation } from "react-i18next";

import type { GoalGrid, GridRow } from "../../../backend/generated";
import { formatCount, formatDecimal } from "../../../components/format";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { lastYearOf } from "./growth";
import type { Col } from "./layout";

interface Props {
  head: GoalGrid;
  row: GridRow | undefined;
  col: Col | undefined;
  editable: boolean;
}

export function GridFooter({ head, row, col, editable }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const lock = row && col && col.amount !== null ? row.locks[col.amount] : undefined;
  const parts = row && [
    row.name,
    col?.period && periodLabel(col.period.period, t, language),
    col?.amount !== null && col?.amount !== undefined && formatDecimal(row.amounts[col.amount]),
    lock && lock !== "none" && t(`goals.grid.lock.${lock}`),
    (col?.fixed === "growth" || col?.fixed === "history") && lastYearOf(row, t),
  ];
  return (
    <footer className="grid-footer quiet">
      <span className="figure">{t("goals.grid.people", { count: head.people, people: formatCount(head.people) })}</span>
      <span className="figure">{t("common.rows", { count: head.total, rows: formatCount(head.total) })}</span>
      {parts && <span className="grid-footer-cell figure">{parts.filter(Boolean).join(" · ")}</span>}
      <span className="grid-footer-hint">{t(editable ? "goals.grid.hintEdit" : "goals.grid.hint")}</span>
    </footer>
  );
}
