/** Lines over time: what happened, and what is expected within a band. */
import type { Chart, Series } from "../../backend/generated";
import type { ChartOption, LineSeriesOption } from "../echarts";
import { seriesColour } from "../palette";
import { barTooltip } from "./bar";
import { base, grid, legend, namedValueAxis, place, timeAxis } from "./look";
import type { Look } from "./look";

/** Of the band between the ends of the interval. */
const BAND_OPACITY = 0.2;

export function trendOption(chart: Chart, look: Look): ChartOption {
  const shared = base(look);
  const lower = chart.series.find((series) => series.role === "lower");
  const upper = chart.series.find((series) => series.role === "upper");
  const lines = chart.series.filter((series) => series.role !== "lower" && series.role !== "upper");
  return {
    ...shared,
    grid: grid(34),
    legend: { ...legend(look, lines.map((series) => keyOf(series, look))), itemWidth: 22 },
    tooltip: {
      ...shared.tooltip,
      trigger: "axis",
      formatter: (params) => {
        const first = Array.isArray(params) ? params[0] : params;
        return barTooltip(known(chart, first?.dataIndex ?? 0), look, first?.dataIndex ?? 0);
      },
    },
    xAxis: { ...timeAxis(look, chart), boundaryGap: false },
    yAxis: namedValueAxis(look, chart.unit),
    series: [...(lower && upper ? band(lower, upper, look) : []), ...lines.map((series) => line(series, look))],
  };
}

/** Beside the pointer only what is there: a period ahead has no actual value to be unknown. */
function known(chart: Chart, index: number): Chart {
  return { ...chart, series: chart.series.filter((series) => series.values[index]) };
}

/** Keys as the lines are drawn. The clear frame keeps both equally high. */
const SOLID = "path://M0 3h22v2h-22z M0 0h0v8h0z";
const DASHED = "path://M0 3h6v2h-6z M8 3h6v2h-6z M16 3h6v2h-6z M0 0h0v8h0z";

function isDashed(series: Series): boolean {
  return series.role === "forecast" || series.role === "goal";
}

function colourOf(series: Series, look: Look): string {
  return series.role === "goal" ? look.palette.goal : seriesColour(look.palette, 0);
}

function keyOf(series: Series, look: Look) {
  return { name: series.label, icon: isDashed(series) ? DASHED : SOLID, itemStyle: { color: colourOf(series, look), borderWidth: 0 } };
}

function line(series: Series, look: Look): LineSeriesOption {
  const dashed = isDashed(series);
  const colour = colourOf(series, look);
  return {
    type: "line",
    name: series.label,
    data: series.values.map((value) => (value ? place(value.raw) : "-")),
    // Hollow: what is expected is nothing yet.
    symbol: "circle",
    symbolSize: dashed ? 6 : 5,
    showSymbol: dashed || series.values.length <= 40,
    connectNulls: false,
    itemStyle: dashed ? { color: look.palette.surface, borderColor: colour, borderWidth: 1.5 } : { color: colour },
    lineStyle: { color: colour, width: 2, type: dashed ? "dashed" : "solid" },
    cursor: look.opens ? "pointer" : "default",
  };
}

/** The lower end without a line, and above it what is up to the upper one. */
function band(lower: Series, upper: Series, look: Look): LineSeriesOption[] {
  const colour = seriesColour(look.palette, 0);
  const shared = {
    type: "line" as const,
    stack: "band",
    stackStrategy: "all" as const,
    symbol: "none",
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
  const low = lower.values.map((value) => (value ? place(value.raw) : null));
  const wide = upper.values.map((value, index) => {
    const from = low[index];
    return value && from !== null && from !== undefined ? place(value.raw) - from : "-";
  });
  return [
    { ...shared, name: lower.label, data: low.map((value) => value ?? "-"), areaStyle: { opacity: 0 } },
    { ...shared, name: upper.label, data: wide, areaStyle: { color: colour, opacity: BAND_OPACITY } },
  ];
}
