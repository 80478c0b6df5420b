/** What opens when a mark is opened, and the drawers that show it. Once a page: what is open lives in the address. */
import { useState, type ReactNode } from "react";

import type { Mark, MetricInfo } from "../../backend/generated";
import { useDrill } from "../../components/drill";
import { RecordsDrawer } from "../../components/RecordsDrawer";
import { asDeals } from "./boards/drills";
import type { OpenMark } from "./boards/WidgetView";
import { MetricRecords } from "./metrics/MetricRecords";

export function useRecords(): { openMark: OpenMark; drawers: ReactNode } {
  const { drill, open, close } = useDrill();
  const [behind, setBehind] = useState<{ mark: Mark; metric: MetricInfo } | null>(null);
  const openMark: OpenMark = (mark, metric) => {
    if ("figure" in mark) return open(mark);
    const deals = mark.less === null && mark.measure === null ? asDeals(mark.drill) : null;
    if (deals) open(deals);
    else if (metric) setBehind({ mark, metric });
  };
  const drawers = (
    <>
      <RecordsDrawer drill={drill} onClose={close} />
      {behind && (
        <MetricRecords
          metric={behind.metric}
          drill={behind.mark.drill}
          measure={behind.mark.measure}
          less={behind.mark.less}
          onClose={() => setBehind(null)}
        />
      )}
    </>
  );
  return { openMark, drawers };
}
