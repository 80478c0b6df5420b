/** The rows of a picture beside it: stages, cohorts by ages, bins, periods ahead. */
import { useTranslation } from "react-i18next";

import type { Chart, Drawn } from "../../../backend/generated";
import { ChartTable } from "../../../charts/ChartTable";
import type { OpenMark } from "../../../components/marks/useRecords";

interface Props {
  chart: Chart;
  /** What the rows open, or in a grid the cells. */
  marks: Drawn["marks"];
  onOpen: OpenMark;
}

export function ChartRows({ chart, marks, onOpen }: Props) {
  const { t } = useTranslation();
  const markOf = (key: string, series?: string) => marks[series === undefined ? key : `${series}/${key}`];
  return (
    <section className="chart-card" aria-label={t("performance.kpi.item")} data-testid="chart-rows">
      <div className="chart-body">
        <ChartTable
          chart={chart}
          opens={(key, series) => markOf(key, series) !== undefined}
          onOpen={(key, series) => {
            const mark = markOf(key, series);
            if (mark) onOpen(mark);
          }}
        />
      </div>
    </section>
  );
}
