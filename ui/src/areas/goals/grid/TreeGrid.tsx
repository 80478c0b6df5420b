/** The tree-table: rows and columns in sight only (TanStack Virtual), keys, and a field in the cell that is typed in. */
import { observeElementRect, useVirtualizer, type Range as Sight } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { GridRow } from "../../../backend/generated";
import { periodLabel } from "../../../components/period";
import { useLanguage } from "../../../i18n";
import { cellKey } from "./block";
import { CellEditor, type Onward } from "./CellEditor";
import { GridHeader } from "./GridHeader";
import { GridRowView, type Typed } from "./GridRowView";
import { FIXED_COUNT, HEADER_PX, PERIOD_PX, ROW_PX, type Col, type Layout } from "./layout";
import { moved, type Cell, type Cursor, type Range } from "./useCursor";
import "./grid.css";

/** Where nothing is measured (tests): enough for any window. */
const UNMEASURED_PX = 1600;
const ONWARD: Readonly<Record<Onward, Cell>> = {
  down: { row: 1, col: 0 },
  up: { row: -1, col: 0 },
  right: { row: 0, col: 1 },
  left: { row: 0, col: -1 },
  stay: { row: 0, col: 0 },
};

export interface TreeGridProps {
  label: string;
  layout: Layout;
  total: number;
  year: number;
  currency: string;
  editable: boolean;
  cursor: Cursor;
  rowAt: (index: number) => GridRow | undefined;
  numberOf: (row: GridRow) => string | null;
  typed: ReadonlyMap<string, Typed>;
  empty: ReactNode;
  onSight: (first: number, last: number) => void;
  onFold: (row: GridRow) => void;
  onOpen: (row: GridRow) => void;
  onType: (row: GridRow, col: Col, text: string) => void;
  /** Escape on a cell whose text was refused. */
  onForget: (row: GridRow, col: Col) => void;
  onLock: (range: Range) => void;
  onCopy: (range: Range, clipboard: DataTransfer) => void;
  onPaste: (range: Range, text: string) => void;
  onMenu: (at: { x: number; y: number }) => void;
  /** Tells how to give the focus back to the table. */
  onReady: (focus: () => void) => void;
}

export function TreeGrid(props: TreeGridProps) {
  const { layout, total, cursor, rowAt, typed, editable, onSight } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const [editing, setEditing] = useState<{ cell: Cell; initial: string; select: boolean } | null>(null);
  const headers = layout.groups.length + 1;
  const headerPx = headers * HEADER_PX;
  const { at, range } = cursor;

  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
    scrollMargin: headerPx,
    scrollPaddingStart: headerPx,
    observeElementRect: observed,
    rangeExtractor: (sight) => withPlace(sight, at.row),
  });
  const periods = useVirtualizer({
    horizontal: true,
    count: layout.cols.length - FIXED_COUNT,
    getScrollElement: () => box.current,
    estimateSize: () => PERIOD_PX,
    overscan: 1,
    scrollMargin: layout.fixedWidth,
    scrollPaddingStart: layout.fixedWidth,
    observeElementRect: observed,
  });
  const [sightRows, sightCols] = [rows.getVirtualItems(), periods.getVirtualItems()];
  const [first, last] = [(sightCols[0]?.index ?? 0) + FIXED_COUNT, (sightCols.at(-1)?.index ?? -1) + FIXED_COUNT];
  const inSight = rows.range;

  useEffect(() => {
    if (inSight) onSight(inSight.startIndex, inSight.endIndex);
  }, [inSight?.startIndex, inSight?.endIndex, onSight, inSight]);

  const cellOf = (row: number, col: number) => box.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-col="${col}"]`);
  useLayoutEffect(() => {
    if (!wantsFocus.current || editing) return;
    wantsFocus.current = false;
    cellOf(at.row, at.col)?.focus({ preventScroll: true });
  });
  // Wherever the focus goes, by keys or because a unit was chosen: it is in sight. Nothing moves before it went anywhere.
  const started = useRef(false);
  useLayoutEffect(() => {
    if (started.current) {
      rows.scrollToIndex(at.row);
      if (at.col >= FIXED_COUNT) periods.scrollToIndex(at.col - FIXED_COUNT);
    }
    started.current = true;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the virtualizers are the same for ever
  }, [at.row, at.col]);
  const { onReady } = props;
  useEffect(() => {
    onReady(() => box.current?.querySelector<HTMLElement>('[data-col][tabindex="0"]')?.focus({ preventScroll: true }));
  }, [onReady]);

  const go = (to: Cell, extend = false) => {
    wantsFocus.current = true;
    cursor.go(to, extend);
  };
  const edit = (initial: string | null) => {
    const [row, col] = [rowAt(at.row), layout.cols[at.col]];
    if (!editable || !row || !col || col.amount === null || !col.period) return false;
    const before = typed.get(cellKey(row.unit, col.period.period))?.text ?? row.amounts[col.amount] ?? "";
    setEditing({ cell: at, initial: initial ?? before, select: initial === null });
    return true;
  };
  const close = () => {
    wantsFocus.current = true;
    setEditing(null);
  };
  const keep = (cell: Cell, text: string) => {
    const [row, col] = [rowAt(cell.row), layout.cols[cell.col]];
    if (row && col) props.onType(row, col, text);
  };

  const onKey = (event: KeyboardEvent) => {
    if (editing || !(event.target instanceof HTMLElement) || event.target.dataset["col"] === undefined) return;
    const row = rowAt(at.row);
    const done = () => event.preventDefault();
    const far = event.ctrlKey || event.metaKey;
    const isName = at.col === 0;
    if (row && isName && !event.shiftKey && !far) {
      if (event.key === "ArrowRight" && row.children > 0 && !row.expanded) return (done(), props.onFold(row));
      if (event.key === "ArrowLeft" && row.expanded && row.children > 0) return (done(), props.onFold(row));
      if (event.key === "ArrowLeft") return (done(), go({ row: parentOf(at.row, rowAt), col: 0 }));
      if (event.key === " ") return (done(), row.children > 0 && props.onFold(row));
    }
    const page = Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - headerPx) / ROW_PX) - 1);
    const to = moved(event.key, far, at, page, total, layout.cols.length);
    if (to) return (done(), go(to, event.shiftKey));
    if (event.key === "Escape") {
      const col = layout.cols[at.col];
      if (row && col?.period && typed.has(cellKey(row.unit, col.period.period))) return (done(), props.onForget(row, col));
      return undefined;
    }
    if (event.key === "Enter") return (done(), edit(null) || (row && props.onOpen(row)));
    if (event.key === "F2") return (done(), edit(null));
    if (far || event.altKey) return undefined;
    if (event.key === "Delete" || event.key === "Backspace") return edit("") ? done() : undefined;
    if (event.key.toLowerCase() === "l" && editable) return (done(), props.onLock(range));
    // An input method is at work: its text goes into the field that opens now.
    if (event.key === "Process") return void edit("");
    // A character starts typing with itself.
    if (event.key.length === 1 && event.key !== " " && edit(event.key)) done();
    return undefined;
  };

  const onMouseDown = (event: MouseEvent) => {
    const cell = hit(event.target);
    if (!cell || event.target instanceof HTMLInputElement) return;
    // A right click inside the block keeps it.
    if (event.button === 2 && isWithin(range, cell)) return;
    wantsFocus.current = true;
    cursor.go(cell, event.shiftKey);
    if (event.shiftKey) event.preventDefault();
  };
  const onMouseMove = (event: MouseEvent) => {
    if (event.buttons !== 1 || editing) return;
    const cell = hit(event.target);
    if (cell && (cell.row !== at.row || cell.col !== at.col)) cursor.go(cell, true);
  };
  const onClick = (event: MouseEvent) => {
    const [cell, target] = [hit(event.target), event.target as Element];
    const row = cell && rowAt(cell.row);
    if (!row || event.shiftKey) return;
    if (target.closest("[data-fold]")) props.onFold(row);
    else if (target.closest("[data-open]")) props.onOpen(row);
  };
  const onContextMenu = (event: MouseEvent) => {
    const target = event.target as Element;
    if (!hit(target) || target instanceof HTMLInputElement) return;
    event.preventDefault();
    const place = cellOf(at.row, at.col)?.getBoundingClientRect();
    // The menu key has no place of its own.
    const byKey = event.clientX === 0 && event.clientY === 0;
    props.onMenu(byKey && place ? { x: place.left + 16, y: place.bottom } : { x: event.clientX, y: event.clientY });
  };
  const onPaste = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    props.onPaste(range, event.clipboardData.getData("text/plain"));
  };
  const onCopy = (event: ClipboardEvent) => {
    // A selection of text is copied as text.
    if (editing || window.getSelection()?.toString()) return;
    event.preventDefault();
    props.onCopy(range, event.clipboardData);
  };

  return (
    <div
      ref={box}
      role="treegrid"
      tabIndex={-1}
      className={range.top === range.bottom && range.left === range.right ? "tree-grid" : "tree-grid grid-block"}
      aria-label={props.label}
      aria-rowcount={total + headers}
      aria-colcount={layout.cols.length}
      aria-readonly={!editable}
      aria-multiselectable
      data-testid="goal-table"
      onKeyDown={onKey}
      onMouseDown={onMouseDown}
      onMouseMove={onMouseMove}
      onClick={onClick}
      onDoubleClick={() => void edit(null)}
      onContextMenu={onContextMenu}
      onCopy={onCopy}
      onPaste={onPaste}
    >
      <GridHeader layout={layout} first={first} last={last} year={props.year} currency={props.currency} />
      {total === 0 && props.empty}
      {total > 0 && (
        <div role="rowgroup" className="grid-body" style={{ height: total * ROW_PX, width: layout.width }}>
          {sightRows.map(({ index, start }) => {
            const row = rowAt(index);
            const inRange = index >= range.top && index <= range.bottom;
            const edited = editing?.cell.row === index ? editing : null;
            const col = edited ? layout.cols[edited.cell.col] : undefined;
            return (
              <GridRowView
                key={index}
                row={row}
                index={index}
                headers={headers}
                top={start - headerPx}
                layout={layout}
                first={first}
                last={last}
                current={index === at.row ? at.col : null}
                from={inRange ? range.left : null}
                to={inRange ? range.right : null}
                number={row ? props.numberOf(row) : null}
                year={props.year}
                editable={editable}
                t={t}
                typed={typed}
                editing={edited?.cell.col ?? null}
                editor={
                  edited && (
                    <CellEditor
                      label={t("goals.grid.amountOf", { name: row?.name ?? "", period: periodLabel(col?.period?.period ?? "", t, language) })}
                      initial={edited.initial}
                      select={edited.select}
                      onCancel={close}
                      onLeave={(text) => {
                        setEditing(null);
                        keep(edited.cell, text);
                      }}
                      onKeep={(text, onward) => {
                        setEditing(null);
                        keep(edited.cell, text);
                        const by = ONWARD[onward];
                        go({ row: edited.cell.row + by.row, col: edited.cell.col + by.col });
                      }}
                    />
                  )
                }
              />
            );
          })}
        </div>
      )}
    </div>
  );
}

const observed: typeof observeElementRect = (instance, tell) =>
  observeElementRect(instance, (rect) => tell({ width: rect.width || UNMEASURED_PX, height: rect.height || UNMEASURED_PX }));

/** The places in sight, and the one with the focus: it must not vanish from under it. */
function withPlace({ startIndex, endIndex, overscan, count }: Sight, place: number): number[] {
  const [from, to] = [Math.max(0, startIndex - overscan), Math.min(count - 1, endIndex + overscan)];
  const places = Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => from + step);
  if (place < count && (place < from || place > to)) places.push(place);
  return places.toSorted((a, b) => a - b);
}

function hit(target: EventTarget): Cell | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-col]") : null;
  return cell && { row: Number(cell.dataset["row"]), col: Number(cell.dataset["col"]) };
}

function isWithin({ top, bottom, left, right }: Range, { row, col }: Cell): boolean {
  return row >= top && row <= bottom && col >= left && col <= right;
}

function parentOf(index: number, rowAt: (index: number) => GridRow | undefined): number {
  const depth = rowAt(index)?.depth ?? 0;
  for (let above = index - 1; above >= 0; above -= 1) if ((rowAt(above)?.depth ?? depth) < depth) return above;
  return index;
}
