/** A row of the tree-table: name, year, growth, history, and the periods in sight. */
import { ChevronRight, Lock, LockKeyhole } from "lucide-react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { GridRow, LockMark } from "../../../backend/generated";
import { Change } from "../../../components/figures";
import { formatDecimal } from "../../../components/format";
import { cellKey } from "./block";
import { growthOf } from "./growth";
import { FIXED_COUNT, type Col, type Layout } from "./layout";
import { Sparkline } from "./Sparkline";

/** What was typed into a cell and is not in the plan: on the way, wrong, or refused. */
export interface Typed {
  text: string;
  /** Why it is not in the plan; null while it is on the way. */
  reason: string | null;
}

interface Props {
  row: GridRow | undefined;
  index: number;
  /** Header rows above the first row. */
  headers: number;
  top: number;
  layout: Layout;
  /** Period columns in sight, and the focused one if it is none of them. */
  first: number;
  last: number;
  /** Column with the focus, where this row has it. */
  current: number | null;
  /** Chosen columns, where the block reaches into this row. */
  from: number | null;
  to: number | null;
  /** Of two people of one name. */
  number: string | null;
  year: number;
  editable: boolean;
  typed: ReadonlyMap<string, Typed>;
  /** The field, where a cell of this row is typed in, and its column. */
  editor: ReactNode;
  editing: number | null;
}

export const GridRowView = memo(function GridRowView(props: Props) {
  const { row, index, headers, top, layout, first, last, current } = props;
  const { t } = useTranslation();
  const columns = columnsInSight(layout, first, last, current);
  const whole = (row?.children ?? 0) > 0;
  return (
    <div
      role="row"
      className={`grid-row grid-${row?.level ?? "waiting"}`}
      style={{ transform: `translateY(${top}px)`, width: layout.width }}
      aria-rowindex={index + headers + 1}
      aria-level={(row?.depth ?? 0) + 1}
      aria-busy={row === undefined || undefined}
      {...(whole && { "aria-expanded": row?.expanded })}
      data-testid={row ? `goal-row-${row.unit}` : undefined}
    >
      {columns.map((place) => {
        const col = layout.cols[place];
        return col && <CellView key={col.key} {...props} col={col} place={place} loading={t("common.loading")} />;
      })}
    </div>
  );
});

/** Columns that stay, those in sight, and the focused one. */
function columnsInSight({ cols }: Layout, first: number, last: number, current: number | null): number[] {
  const places = Array.from({ length: Math.min(FIXED_COUNT, cols.length) }, (_, place) => place);
  for (let place = Math.max(FIXED_COUNT, first); place <= last && place < cols.length; place += 1) places.push(place);
  if (current !== null && !places.includes(current)) places.push(current);
  return places;
}

function CellView(props: Props & { col: Col; place: number; loading: string }) {
  const { row, col, place, current, from, to, editable, typed, editing } = props;
  const chosen = from !== null && to !== null && place >= from && place <= to;
  const entry = row && col.period ? typed.get(cellKey(row.unit, col.period.period)) : undefined;
  const lock = row && col.amount !== null ? row.locks[col.amount] : undefined;
  const isEdited = editing === place;
  const names = [
    "grid-cell",
    col.fixed && `grid-fixed grid-of-${col.fixed}`,
    col.whole && "grid-whole",
    chosen && "grid-chosen",
    isEdited && "grid-edited",
    entry && (entry.reason === null ? "grid-pending" : "grid-refused"),
    lock && lock !== "none" && `grid-locked grid-locked-${lock}`,
  ];
  return (
    <div
      role={col.fixed === "name" ? "rowheader" : "gridcell"}
      className={names.filter(Boolean).join(" ")}
      style={{ left: col.left, width: col.width }}
      tabIndex={current === place ? 0 : -1}
      aria-colindex={place + 1}
      aria-selected={chosen}
      aria-readonly={!editable || col.amount === null || undefined}
      aria-invalid={entry?.reason ? true : undefined}
      title={entry?.reason ?? undefined}
      data-row={props.index}
      data-col={place}
    >
      {isEdited ? props.editor : row ? <Content {...props} row={row} col={col} entry={entry} lock={lock} /> : <span className="grid-waiting" aria-label={place === 0 ? props.loading : undefined} />}
    </div>
  );
}

type ContentProps = Pick<Props, "year" | "number"> & { row: GridRow; col: Col; entry: Typed | undefined; lock: LockMark | undefined };

function Content({ row, col, entry, lock, year, number }: ContentProps) {
  const { t } = useTranslation();
  if (col.fixed === "name") return <Name row={row} number={number} />;
  if (col.fixed === "growth") return <Growth row={row} />;
  if (col.fixed === "history") {
    if (!row.history) return <Missing />;
    return <Sparkline values={row.history} label={t("goals.grid.historyOf", { name: row.name, year: String(year - 1), sum: formatDecimal(row.last_year) })} />;
  }
  return (
    <>
      {lock && lock !== "none" && <LockSign lock={lock} />}
      <span className="figure">{entry ? entry.text : formatDecimal(row.amounts[col.amount ?? 0])}</span>
      {entry?.reason && <span className="sr-only">{entry.reason}</span>}
    </>
  );
}

function Name({ row, number }: { row: GridRow; number: string | null }) {
  const { t } = useTranslation();
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

function Growth({ row }: { row: GridRow }) {
  const { t } = useTranslation();
  const growth = growthOf(row.growth);
  const last = t(row.last_year === null ? "goals.grid.noLastYear" : "goals.grid.lastYear", { amount: formatDecimal(row.last_year) });
  return (
    <span className="grid-growth" title={last}>
      {growth === null ? <Missing /> : <Change value={growth} />}
      <span className="sr-only">{last}</span>
    </span>
  );
}

function Missing() {
  return <Change value={null} />;
}

/** A lock on this number, on something above it, or on a part of it: shape and word. */
function LockSign({ lock }: { lock: Exclude<LockMark, "none"> }) {
  const { t } = useTranslation();
  const word = t(`goals.grid.lock.${lock}`);
  return (
    <span className="grid-lock" title={word}>
      {lock === "own" ? <Lock size={12} aria-hidden /> : lock === "all" ? <LockKeyhole size={12} aria-hidden /> : <span className="grid-lock-part" aria-hidden />}
      <span className="sr-only">{word}</span>
    </span>
  );
}
