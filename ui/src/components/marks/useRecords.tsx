/**
 * What opens when a mark is opened, and the drawers that show it. Once a page: a set of deals lives in the address, so
 * Back closes it and a reload keeps it; the records of a metric are open for as long as the page is.
 */
import { useState, type ReactNode } from "react";

import type { Drill, Mark } from "../../backend/generated";
import { useDrill } from "../drill";
import { RecordsDrawer } from "../RecordsDrawer";
import { asDeals } from "./drills";
import { MetricRecords } from "./MetricRecords";

/** Opens the records of a mark, of the metric that its drill names, or of a place on the leaderboard. */
export type OpenMark = (mark: Mark | Drill) => void;

export function useRecords(): { openMark: OpenMark; drawers: ReactNode } {
  const { drill, open, close } = useDrill();
  const [behind, setBehind] = useState<Mark | null>(null);
  const openMark: OpenMark = (mark) => {
    if ("figure" in mark) return open(mark);
    const deals = mark.less === null && mark.measure === null ? asDeals(mark.drill) : null;
    if (deals) open(deals);
    else setBehind(mark);
  };
  const drawers = (
    <>
      <RecordsDrawer drill={drill} onClose={close} />
      <MetricRecords drill={behind?.drill ?? null} measure={behind?.measure} less={behind?.less} onClose={() => setBehind(null)} />
    </>
  );
  return { openMark, drawers };
}
