/** The decomposition as a tree-table: units down, the year and its quarters across, months where opened. */
import { ChevronRight, ChevronsLeftRight, ChevronsRightLeft, Check, CircleAlert } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import { AttainmentBar } from "../../components/AttainmentBar";
import { Percent } from "../../components/figures";
import { currencySymbol, formatDecimal } from "../../components/format";
import { shortPeriodLabel } from "../../components/period";
import { useLanguage } from "../../i18n";
import "../../components/area.css";
import { useRowWindow } from "../../components/rowWindow";
import { columnsOf, isQuarter, keysToDepth, rowName, visibleRows } from "./tree";
import type { Gap, GoalRow } from "./tree";

const ROW_PX = 36;

interface Props {
  rows: GoalRow[];
  gaps: readonly Gap[];
  year: number;
  /** What was reached, beside the goal. A preview has no use for it. */
  withActual: boolean;
  onOpenWeeks?: (row: GoalRow) => void;
  onOpenActual?: (row: GoalRow) => void;
}

export function GoalTable({ rows, gaps, year, withActual, onOpenWeeks, onOpenActual }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(keysToDepth(rows, (rows[0]?.depth ?? 0) + 2)));
  const [quarters, setQuarters] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => visibleRows(rows, open), [rows, open]);
  const view = useRowWindow(scroller, shown.length, ROW_PX);
  const columns = useMemo(() => columnsOf(rows[0]?.amounts.keys() ?? [], quarters), [rows, quarters]);
  const broken = useMemo(() => new Set(gaps.map((gap) => gap.key)), [gaps]);
  const current = shown.some((row) => row.key === focused) ? focused : (shown[0]?.key ?? null);

  const toggle = (key: string) => setOpen((old) => toggled(old, key));
  const focus = (index: number) => {
    const row = shown[Math.max(0, Math.min(shown.length - 1, index))];
    if (!row) return;
    setFocused(row.key);
    view.reveal(shown.indexOf(row));
    // The row may only now come into the window of drawn rows.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(row.key)}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent, row: GoalRow, index: number) => {
    if (event.target !== event.currentTarget) return;
    const parents = () => shown.slice(0, index).findLastIndex((above) => above.depth < row.depth);
    const moves: Record<string, () => void> = {
      ArrowDown: () => focus(index + 1),
      ArrowUp: () => focus(index - 1),
      Home: () => focus(0),
      End: () => focus(shown.length - 1),
      ArrowRight: () => (row.children.length > 0 && !open.has(row.key) ? toggle(row.key) : focus(index + 1)),
      ArrowLeft: () => (open.has(row.key) ? toggle(row.key) : focus(parents())),
      Enter: () => onOpenWeeks?.(row),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };

  // A single team is shown as the root of its own table.
  const base = rows[0]?.depth ?? 0;
  const symbol = currencySymbol(rows[0]?.currency ?? "").trim();
  return (
    <div className="goal-table" ref={scroller} onScroll={view.onScroll}>
      {/* A table that keys walk through and that opens is a treegrid. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
      <table role="treegrid" aria-label={t("goals.table.label", { year: String(year) })} aria-rowcount={shown.length + 1} data-testid="goal-table">
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="goal-name">{t("goals.table.unit")}</th>
            <th scope="col" className="number">{t("goals.table.year", { year: String(year), symbol })}</th>
            {withActual && <th scope="col" className="number">{t("goals.table.actual", { symbol })}</th>}
            {withActual && <th scope="col" className="number goal-attainment">{t("goals.table.attainment")}</th>}
            {columns.map((column) => (
              <th scope="col" key={column} className={isQuarter(column) ? "number" : "number goal-month"}>
                {isQuarter(column) ? (
                  <button
                    type="button"
                    className="goal-quarter"
                    aria-expanded={quarters.has(column)}
                    onClick={() => setQuarters((old) => toggled(old, column))}
                    data-testid={`goal-months-${column}`}
                  >
                    {shortPeriodLabel(column, t, language)}
                    {quarters.has(column) ? <ChevronsRightLeft size={13} aria-hidden /> : <ChevronsLeftRight size={13} aria-hidden />}
                    <span className="sr-only">{t("goals.table.months")}</span>
                  </button>
                ) : (
                  shortPeriodLabel(column, t, language)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.above > 0 && <tr role="presentation" style={{ height: view.above }} />}
          {shown.slice(view.first, view.last).map((row, offset) => {
            const index = view.first + offset;
            const whole = row.children.length > 0;
            return (
              <tr
                key={row.key}
                data-key={row.key}
                data-testid={`goal-row-${row.unit}`}
                className={`goal-row goal-${row.level}`}
                aria-level={row.depth - base + 1}
                aria-rowindex={index + 2}
                {...(whole && { "aria-expanded": open.has(row.key) })}
                tabIndex={row.key === current ? 0 : -1}
                onFocus={() => setFocused(row.key)}
                onKeyDown={(event) => onKey(event, row, index)}
                onClick={() => onOpenWeeks?.(row)}
              >
                <th scope="row" className="goal-name">
                  <span className="goal-name-line" style={{ paddingInlineStart: (row.depth - base) * 18 }}>
                    {whole ? (
                      <button
                        type="button"
                        tabIndex={-1}
                        className={open.has(row.key) ? "goal-fold goal-open" : "goal-fold"}
                        aria-label={t(open.has(row.key) ? "goals.table.close" : "goals.table.open", { name: rowName(row) })}
                        onClick={(event) => {
                          event.stopPropagation();
                          toggle(row.key);
                        }}
                      >
                        <ChevronRight size={15} aria-hidden />
                      </button>
                    ) : (
                      <span className="goal-fold" />
                    )}
                    <span className="goal-label">
                      {row.name}
                      {row.number !== null && <span className="staff">{row.number}</span>}
                    </span>
                    {whole && <Closure ok={!broken.has(row.key)} />}
                  </span>
                </th>
                <td className="number figure goal-year">{formatDecimal(row.amounts.get(String(year)))}</td>
                {withActual && (
                  <td className="number">
                    {row.actual && onOpenActual ? (
                      <button
                        type="button"
                        tabIndex={-1}
                        className="figure-button figure"
                        aria-label={t("goals.table.openActual", { name: rowName(row), amount: formatDecimal(row.actual.actual.amount) })}
                        onClick={(event) => {
                          event.stopPropagation();
                          onOpenActual(row);
                        }}
                      >
                        {formatDecimal(row.actual.actual.amount)}
                      </button>
                    ) : (
                      <span className="figure">{formatDecimal(row.actual?.actual.amount)}</span>
                    )}
                  </td>
                )}
                {withActual && (
                  <td className="number goal-attainment">
                    <Percent value={row.actual?.attainment} />
                    <AttainmentBar value={row.actual?.attainment} label={t("goals.table.attainment")} />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column} className={isQuarter(column) ? "number figure" : "number figure goal-month"}>
                    {formatDecimal(row.amounts.get(column))}
                  </td>
                ))}
              </tr>
            );
          })}
          {view.below > 0 && <tr role="presentation" style={{ height: view.below }} />}
        </tbody>
      </table>
    </div>
  );
}

/** Whether the parts of a row sum to it: a shape and a word. */
function Closure({ ok }: { ok: boolean }) {
  const { t } = useTranslation();
  return ok ? (
    <span className="closure" title={t("goals.closure.ok")}>
      <Check size={13} aria-hidden />
      <span className="sr-only">{t("goals.closure.ok")}</span>
    </span>
  ) : (
    <span className="closure closure-broken">
      <CircleAlert size={13} aria-hidden /> {t("goals.closure.broken")}
    </span>
  );
}

function toggled(old: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(old);
  if (!next.delete(key)) next.add(key);
  return next;
}
