/** A chart description as ECharts draws it. */
import type { Chart } from "../../backend/generated";
import type { ChartOption } from "../echarts";
import { attainmentOption } from "./attainment";
import { barOption } from "./bar";
import { funnelOption } from "./funnel";
import { hbarOption } from "./hbar";
import { heatOption } from "./heat";
import { isGrid } from "./look";
import type { Look } from "./look";
import { paretoOption } from "./pareto";
import { pieOption } from "./pie";
import { trendOption } from "./trend";
import { waterfallOption } from "./waterfall";

export { cellAt, heatRange } from "./heat";
export { isGrid, unitOf } from "./look";
export type { Look } from "./look";

export function chartOption(chart: Chart, look: Look): ChartOption {
  switch (chart.kind) {
    case "bar":
    case "distribution":
      return barOption(chart, look);
    case "h_bar":
      return hbarOption(chart, look);
    case "pie":
      return pieOption(chart, look);
    case "attainment":
      return attainmentOption(chart, look);
    case "trend":
      return trendOption(chart, look);
    case "funnel":
      return funnelOption(chart, look);
    case "heat_map":
    case "cohort":
      return heatOption(chart, look);
    case "pareto":
      return paretoOption(chart, look);
    case "waterfall":
      return waterfallOption(chart, look);
  }
}

const ROW_PX = 25;
const LEAST_PX = 220;

/** The least height in which every row has its name, and the labels of a pie do not collide. */
export function minHeight(chart: Chart): number {
  const rows = isGrid(chart) ? chart.series.length : ROWS.has(chart.kind) ? chart.categories.length : 0;
  return Math.max(LEAST_PX, rows * ROW_PX + 50);
}

const ROWS: ReadonlySet<Chart["kind"]> = new Set(["h_bar", "attainment", "funnel"]);

/** Nothing known at all: only words are shown. */
export function isEmpty(chart: Chart): boolean {
  return chart.series.every((series) => series.values.every((value) => value === null));
}
