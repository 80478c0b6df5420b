/** A cell of the tree-table. It is drawn again only when something of its own changes: there are a thousand in sight. */
import type { TFunction } from "i18next";
import { ChevronRight, Lock, LockKeyhole } from "lucide-react";
import { memo, type ReactNode } from "react";

import type { GridRow, LockMark } from "../../../backend/generated";
import { formatChange, formatDecimal, MISSING, signOf } from "../../../components/format";
import { growthOf, lastYearOf } from "./growth";
import type { Typed } from "./GridRowView";
import type { Col } from "./layout";
import { Sparkline } from "./Sparkline";

interface Props {
  row: GridRow | undefined;
  index: number;
  col: Col;
  place: number;
  isCurrent: boolean;
  chosen: boolean;
  entry: Typed | undefined;
  number: string | null;
  year: number;
  editable: boolean;
  editor: ReactNode;
  t: TFunction;
}

export const GridCellView = memo(function GridCellView(props: Props) {
  const { row, index, col, place, isCurrent, chosen, entry, editable, editor, t } = props;
  const lock = row && col.amount !== null ? row.locks[col.amount] : undefined;
  let names = "grid-cell";
  if (col.fixed) names += ` grid-fixed grid-of-${col.fixed}`;
  if (col.whole) names += " grid-whole";
  if (chosen) names += " grid-chosen";
  if (editor) names += " grid-edited";
  if (entry) names += entry.reason === null ? " grid-pending" : " grid-refused";
  if (lock === "own") names += " grid-locked-own";
  return (
    <div
      role={col.fixed === "name" ? "rowheader" : "gridcell"}
      className={names}
      style={{ left: col.left, width: col.width }}
      tabIndex={isCurrent ? 0 : -1}
      aria-colindex={place + 1}
      aria-selected={chosen}
      aria-readonly={!editable || col.amount === null || undefined}
      aria-invalid={entry?.reason ? true : undefined}
      title={entry?.reason ?? undefined}
      data-row={index}
      data-col={place}
    >
      {editor ?? (row ? content(props, row, lock) : <span className="grid-waiting" aria-label={place === 0 ? t("common.loading") : undefined} />)}
    </div>
  );
});

function content({ col, entry, year, number, t }: Props, row: GridRow, lock: LockMark | undefined): ReactNode {
  if (col.fixed === "name") return name(row, number, t);
  if (col.fixed === "growth") return growth(row, t);
  if (col.fixed === "history") {
    if (!row.history) return missing(t);
    return <Sparkline values={row.history} label={t("goals.grid.historyOf", { name: row.name, year: String(year - 1), sum: formatDecimal(row.last_year) })} />;
  }
  return (
    <>
      {lock && lock !== "none" && lockSign(lock, t)}
      <span className="figure">{entry ? entry.text : formatDecimal(row.amounts[col.amount ?? 0])}</span>
      {entry?.reason && <span className="sr-only">{entry.reason}</span>}
    </>
  );
}

function name(row: GridRow, number: string | null, t: TFunction): ReactNode {
  return (
    <span className="grid-name" style={{ paddingInlineStart: row.depth * 16 }}>
      {row.children > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          data-fold
          className={row.expanded ? "goal-fold goal-open" : "goal-fold"}
          aria-label={t(row.expanded ? "goals.table.close" : "goals.table.open", { name: row.name })}
        >
          <ChevronRight size={15} aria-hidden />
        </button>
      ) : (
        <span className="goal-fold" />
      )}
      <span className="goal-label" data-open title={row.name}>
        {row.name}
        {number !== null && <span className="staff">{number}</span>}
      </span>
    </span>
  );
}

function growth(row: GridRow, t: TFunction): ReactNode {
  const change = growthOf(row.growth);
  const last = lastYearOf(row, t);
  const sign = signOf(change);
  const [mark, kind] = sign > 0 ? ["↑", "up"] : sign < 0 ? ["↓", "down"] : ["→", "flat"];
  return (
    <span className="grid-growth" title={last}>
      {change === null ? (
        missing(t)
      ) : (
        <span className={`figure change change-${kind}`}>
          <span aria-hidden>{mark}</span> {formatChange(change)}
        </span>
      )}
      <span className="sr-only">{last}</span>
    </span>
  );
}

function missing(t: TFunction): ReactNode {
  return (
    <>
      <span aria-hidden>{MISSING}</span>
      <span className="sr-only">{t("common.missing")}</span>
    </>
  );
}

/** A lock on this number, on something above it, or on a part of it: shape and word. */
function lockSign(lock: Exclude<LockMark, "none">, t: TFunction): ReactNode {
  const word = t(`goals.grid.lock.${lock}`);
  return (
    <span className="grid-lock" title={word}>
      {lock === "own" ? <Lock size={12} aria-hidden /> : lock === "all" ? <LockKeyhole size={12} aria-hidden /> : <span className="grid-lock-part" aria-hidden />}
      <span className="sr-only">{word}</span>
    </span>
  );
}
