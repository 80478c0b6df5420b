/** The unit chosen in the top bar gets the focus's place once its row is here. */
import { useState } from "react";

import type { Cursor } from "./useCursor";
import type { GridRows } from "./useGridRows";

export function useReach(unit: string | null, rows: GridRows, cursor: Cursor): void {
  const [reached, setReached] = useState<string | null>(null);
  if (unit === reached) return;
  if (unit === null) {
    setReached(null);
    return;
  }
  const index = rows.indexOf(unit);
  if (index === null) return;
  setReached(unit);
  cursor.go({ row: index, col: 0 });
}
