/** A chart description as ECharts draws it. */
import type { Chart } from "../../backend/generated";
import type { ChartOption } from "../echarts";
import { attainmentOption } from "./attainment";
import { barOption } from "./bar";
import { hbarOption } from "./hbar";
import type { Look } from "./look";
import { pieOption } from "./pie";
import { trendOption } from "./trend";

export type { Look } from "./look";

export function chartOption(chart: Chart, look: Look): ChartOption {
  switch (chart.kind) {
    case "bar":
    case "pareto":
    case "distribution":
    case "waterfall":
      return barOption(chart, look);
    case "h_bar":
    case "funnel":
    case "heat_map":
    case "cohort":
      return hbarOption(chart, look);
    case "pie":
      return pieOption(chart, look);
    case "attainment":
      return attainmentOption(chart, look);
    case "trend":
      return trendOption(chart, look);
  }
}

const ROW_PX = 25;
const LEAST_PX = 220;

/** The least height in which every row of a ranking has its name, and the labels of a pie do not collide. */
export function minHeight(chart: Chart): number {
  return chart.kind === "h_bar" || chart.kind === "attainment" ? Math.max(LEAST_PX, chart.categories.length * ROW_PX + 50) : LEAST_PX;
}

/** Nothing known at all: only words are shown. */
export function isEmpty(chart: Chart): boolean {
  return chart.series.every((series) => series.values.every((value) => value === null));
}
