/**
 * The one table: sticky header and first column, sort, keyboard, copy as TSV, total row, count, empty state.
 *
 * It is a real <table> of which only the rows in sight are drawn. Ant Design's virtual table draws divs
 * in two separate boxes: header cells and cells no longer belong together for a screen reader, and a
 * total row cannot stick inside. A windowed <table> needs no more code than the roles that would mend that.
 */
import { Checkbox } from "antd";
import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import { useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ErrorState } from "./ErrorState";
import { formatCount } from "./format";
import { useRowWindow } from "./rowWindow";
import { defuse } from "./spreadsheet";
import { useToast } from "./useToast";
import "./DataTable.css";

export interface Column<Row> {
  key: string;
  /** Header, with the unit where there is one: `Won amount (¥)`. */
  title: string;
  /** The cell. By default its text. */
  render?: (row: Row) => ReactNode;
  /** The cell's text: what is copied, and what a narrow cell shows on hover. */
  text: (row: Row) => string;
  /** Right-aligned, tabular figures. */
  numeric?: boolean;
  /** Makes the column sortable. Compare exact values, not the shown text. */
  compare?: (a: Row, b: Row) => number;
  /** Pixels; columns without share what is left. */
  width?: number;
  /** Cell of the total row. */
  total?: ReactNode;
}

export interface Sort {
  key: string;
  descending: boolean;
}

export interface DataTableProps<Row> {
  /** Names the table for a screen reader. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Click or Enter. */
  onOpen?: ((row: Row) => void) | undefined;
  /** Rows that open, where not all do. */
  opens?: (row: Row) => boolean;
  initialSort?: Sort;
  /** Checkboxes at the left; Space selects. */
  selected?: ReadonlySet<string>;
  onSelect?: (keys: ReadonlySet<string>) => void;
  /** Number of all rows where `rows` is only a window of them. */
  count?: number;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  /** Height in pixels from which the table scrolls inside; by default 480. */
  maxHeight?: number;
  /** Height of a row; 36 shows one line, 56 two. */
  rowPx?: number;
  /** A cell's text may take a second line: in rows of 56 pixels anyway. */
  twoLines?: boolean;
  /** Called when the last rows come into sight, to load the next window. */
  onEnd?: (() => void) | undefined;
  /** Why the next window did not come: shown under the rows, with the way to try again. */
  endError?: { error: unknown; retry: () => void } | null;
  /** At the right of the count. */
  footer?: ReactNode;
  testId?: string;
  rowTestId?: (row: Row) => string;
}

const SELECT_PX = 40;
/** A column without a width never gets narrower than this; the table then scrolls sideways inside its box. */
const MIN_COLUMN_PX = 96;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, onOpen, opens = () => true, selected, onSelect, maxHeight = 480, rowPx = 36, twoLines = rowPx >= 56, onEnd } = props;
  const { t } = useTranslation();
  const toast = useToast();
  const [sort, setSort] = useState<Sort | null>(props.initialSort ?? null);
  const [focused, setFocused] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, columns, sort]);
  const view = useRowWindow(scroller, sorted.length, rowPx);
  const current = sorted.some((row) => rowKey(row) === focused) ? focused : sorted[0] && rowKey(sorted[0]);
  const hasTotal = columns.some((column) => column.total !== undefined);
  const count = props.count ?? rows.length;

  const focus = (index: number) => {
    const at = Math.max(0, Math.min(sorted.length - 1, index));
    const row = sorted[at];
    if (!row) return;
    const key = rowKey(row);
    setFocused(key);
    view.reveal(at);
    // The row may only now come into the window of drawn rows.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus(),
    );
  };
  const toggle = (key: string) => selected && onSelect?.(toggled(selected, key));
  const copy = (row: Row) => {
    const chosen = selected?.size ? sorted.filter((candidate) => selected.has(rowKey(candidate))) : [row];
    navigator.clipboard.writeText(toTsv(columns, chosen)).then(
      () => toast.done(t("common.copied")),
      () => toast.failed(t("common.copyFailed")),
    );
  };
  const onKey = (event: KeyboardEvent, row: Row, index: number) => {
    if (event.target !== event.currentTarget) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c") {
      // A selection of text is copied as text.
      if (window.getSelection()?.toString()) return;
      event.preventDefault();
      copy(row);
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? maxHeight) / rowPx) - 2);
    const keys: Record<string, () => void> = {
      ArrowDown: () => focus(index + 1),
      ArrowUp: () => focus(index - 1),
      PageDown: () => focus(index + page),
      PageUp: () => focus(index - page),
      Home: () => focus(0),
      End: () => focus(sorted.length - 1),
      Enter: () => opens(row) && onOpen?.(row),
      " ": () => toggle(rowKey(row)),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const onScroll = () => {
    view.onScroll();
    const box = scroller.current;
    if (box && onEnd && box.scrollTop + box.clientHeight > box.scrollHeight - rowPx * 8) onEnd();
  };

  const minWidth = columns.reduce((sum, column) => sum + (column.width ?? MIN_COLUMN_PX), selected ? SELECT_PX : 0);
  return (
    <div className="data-table" data-testid={props.testId}>
      <div className="data-table-scroll" ref={scroller} onScroll={onScroll} style={{ maxHeight }}>
        {/* A grid of rows that take the focus is interactive; `grid` gives its cells their roles. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
        <table role="grid" aria-label={props.label} aria-rowcount={count + 1} style={{ minWidth }}>
          <colgroup>
            {selected && <col style={{ width: SELECT_PX }} />}
            {columns.map((column) => (
              <col key={column.key} style={column.width ? { width: column.width } : undefined} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {selected && (
                <th scope="col">
                  <Checkbox
                    aria-label={t("common.selectAll")}
                    checked={rows.length > 0 && selected.size === rows.length}
                    indeterminate={selected.size > 0 && selected.size < rows.length}
                    onChange={(event) => onSelect?.(new Set(event.target.checked ? rows.map(rowKey) : []))}
                  />
                </th>
              )}
              {columns.map((column) => (
                <HeaderCell key={column.key} column={column} sort={sort} onSort={setSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {view.above > 0 && <Spacer height={view.above} />}
            {sorted.slice(view.first, view.last).map((row, offset) => {
              const [key, index] = [rowKey(row), view.first + offset];
              return (
                <tr
                  key={key}
                  data-row={key}
                  data-testid={props.rowTestId?.(row)}
                  aria-rowindex={index + 2}
                  aria-selected={selected ? selected.has(key) : undefined}
                  tabIndex={key === current ? 0 : -1}
                  className={onOpen && opens(row) ? "data-row data-row-opens" : "data-row"}
                  style={{ height: rowPx }}
                  onFocus={() => setFocused(key)}
                  onClick={(event) => !isControl(event.target) && opens(row) && onOpen?.(row)}
                  onKeyDown={(event) => onKey(event, row, index)}
                >
                  {selected && (
                    <td>
                      <Checkbox
                        tabIndex={-1}
                        aria-label={t("common.selectRow", { name: columns[0]?.text(row) ?? key })}
                        checked={selected.has(key)}
                        onChange={() => toggle(key)}
                      />
                    </td>
                  )}
                  {columns.map((column) => (
                    <td
                      key={column.key}
                      className={column.numeric ? "number" : undefined}
                      title={column.text(row)}
                    >
                      <div className={twoLines ? "cell cell-two-lines" : "cell"}>
                        {column.render ? column.render(row) : column.text(row)}
                      </div>
                    </td>
                  ))}
                </tr>
              );
            })}
            {view.below > 0 && <Spacer height={view.below} />}
          </tbody>
          {hasTotal && rows.length > 0 && (
            <tfoot>
              <tr>
                {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- under the boxes stands nothing */}
                {selected && <td />}
                {columns.map((column, index) => (
                  <td key={column.key} className={column.numeric ? "number" : undefined}>
                    {column.total ?? (index === 0 ? t("common.total") : null)}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
        {rows.length === 0 && <div className="data-table-empty">{props.empty ?? t("common.noRows")}</div>}
      </div>
      {props.endError && <ErrorState error={props.endError.error} onRetry={props.endError.retry} />}
      {rows.length > 0 && (
        <footer className="data-table-footer quiet">
          <span className="figure">{t("common.rows", { count, rows: formatCount(count) })}</span>
          {selected && selected.size > 0 && (
            <span className="figure">{t("common.selected", { count: selected.size })}</span>
          )}
          <span className="data-table-hint">{t(onOpen ? "common.tableHintOpens" : "common.tableHint")}</span>
          {props.footer}
        </footer>
      )}
    </div>
  );
}

function HeaderCell<Row>(props: { column: Column<Row>; sort: Sort | null; onSort: (sort: Sort) => void }) {
  const { column, sort, onSort } = props;
  const { t } = useTranslation();
  const own = sort?.key === column.key ? sort : null;
  const className = column.numeric ? "number" : undefined;
  if (!column.compare) {
    return (
      <th scope="col" className={className}>
        {column.title}
      </th>
    );
  }
  const Mark = own ? (own.descending ? ArrowDown : ArrowUp) : ArrowUpDown;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={own ? (own.descending ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        className={own ? "sort-button sort-active" : "sort-button"}
        aria-label={t("common.sortBy", { column: column.title })}
        // Figures are first wanted from the largest down.
        onClick={() => onSort({ key: column.key, descending: own ? !own.descending : column.numeric === true })}
      >
        <span>{column.title}</span>
        <Mark size={12} aria-hidden />
      </button>
    </th>
  );
}

/** Stands for the rows above or below that are not drawn. */
function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- hidden from everyone */}
      <td />
    </tr>
  );
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("button, a, input, label, .ant-select") !== null;
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Rows in the order of a column; equal ones keep their order. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): Row[] {
  const compare = columns.find((column) => column.key === sort?.key)?.compare;
  if (!compare) return [...rows];
  return rows.toSorted((a, b) => (sort?.descending ? compare(b, a) : compare(a, b)));
}

function clean(text: string): string {
  return text.replaceAll(/[\t\r\n]+/g, " ");
}

/** Header and rows as tab-separated lines, for a spreadsheet, which must not run a name as a formula. */
export function toTsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cell = (column: Column<Row>, row: Row) => {
    const text = clean(column.text(row));
    return column.numeric ? text : defuse(text);
  };
  const lines = rows.map((row) => columns.map((column) => cell(column, row)));
  return [columns.map((column) => clean(column.title)), ...lines].map((cells) => cells.join("\t")).join("\n");
}
