/** A row of the tree-table: name, year, growth, history, and the periods in sight. */
import type { TFunction } from "i18next";
import { memo, type ReactNode } from "react";

import type { GridRow } from "../../../backend/generated";
import { cellKey } from "./block";
import { GridCellView } from "./GridCellView";
import { FIXED_COUNT, type Layout } from "./layout";

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
  /** One for all cells: a hook in each would cost more than drawing it. */
  t: TFunction;
}

export const GridRowView = memo(function GridRowView(props: Props) {
  const { row, index, headers, top, layout, first, last, current, from, to, number, year, editable, typed, editor, editing, t } = props;
  const whole = (row?.children ?? 0) > 0;
  return (
    <div
      role="row"
      className={`grid-row grid-${row?.level ?? "waiting"}${editing === null ? "" : " grid-row-edited"}`}
      style={{ transform: `translateY(${top}px)`, width: layout.width }}
      aria-rowindex={index + headers + 1}
      aria-level={(row?.depth ?? 0) + 1}
      aria-busy={row === undefined || undefined}
      {...(whole && { "aria-expanded": row?.expanded })}
      data-testid={row ? `goal-row-${row.unit}` : undefined}
    >
      {columnsInSight(layout, first, last, current).map((place) => {
        const col = layout.cols[place];
        return (
          col && (
            <GridCellView
              key={col.key}
              row={row}
              index={index}
              col={col}
              place={place}
              isCurrent={current === place}
              chosen={from !== null && to !== null && place >= from && place <= to}
              entry={typed.size > 0 && row && col.period ? typed.get(cellKey(row.unit, col.period.period)) : undefined}
              number={place === 0 ? number : null}
              year={year}
              editable={editable}
              editor={editing === place ? editor : null}
              t={t}
            />
          )
        );
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
