/** The cell that has the focus, and the block that reaches from the anchor to it. */
import { useState } from "react";

export interface Cell {
  row: number;
  col: number;
}

export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Cursor {
  at: Cell;
  range: Range;
  go: (to: Cell, extend?: boolean) => void;
}

export function useCursor(rows: number, cols: number): Cursor {
  const [at, setAt] = useState<Cell>({ row: 0, col: 0 });
  const [anchor, setAnchor] = useState<Cell>({ row: 0, col: 0 });
  const inside = ({ row, col }: Cell): Cell => ({ row: clamp(row, rows), col: clamp(col, cols) });
  // Rows may have closed since.
  const [a, b] = [inside(anchor), inside(at)];
  return {
    at: b,
    range: {
      top: Math.min(a.row, b.row),
      bottom: Math.max(a.row, b.row),
      left: Math.min(a.col, b.col),
      right: Math.max(a.col, b.col),
    },
    go: (to, extend = false) => {
      setAt(inside(to));
      if (!extend) setAnchor(inside(to));
    },
  };
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

/** Where a key leads; null if it leads nowhere. */
export function moved(key: string, far: boolean, at: Cell, page: number, rows: number, cols: number): Cell | null {
  const { row, col } = at;
  switch (key) {
    case "ArrowDown":
      return { row: far ? rows - 1 : row + 1, col };
    case "ArrowUp":
      return { row: far ? 0 : row - 1, col };
    case "ArrowRight":
      return { row, col: far ? cols - 1 : col + 1 };
    case "ArrowLeft":
      return { row, col: far ? 0 : col - 1 };
    case "PageDown":
      return { row: row + page, col };
    case "PageUp":
      return { row: row - page, col };
    case "Home":
      return { row: far ? 0 : row, col: 0 };
    case "End":
      return { row: far ? rows - 1 : row, col: cols - 1 };
    default:
      return null;
  }
}
