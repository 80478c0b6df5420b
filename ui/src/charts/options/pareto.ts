/** Bars from the largest down, and the line of what they come to together on an axis of its own. */
import type { Chart, Series } from "../../backend/generated";
import type { ChartOption, LineSeriesOption } from "../echarts";
import { seriesColour } from "../palette";
import { barOption, MAX_LABELLED_BARS } from "./bar";
import { FONT, legend, namedValueAxis, place, valueAxis } from "./look";
import type { Look } from "./look";

const PERCENT = { kind: "percent" } as const;

export function paretoOption(chart: Chart, look: Look): ChartOption {
  const line = chart.series.find((series) => series.role === "cumulative");
  const bars = barOption(chart, look);
  const drawn = Array.isArray(bars.series) ? bars.series : [];
  const shares = valueAxis(look, PERCENT);
  return {
    ...bars,
    legend: legend(look, chart.series.map((series) => series.label)),
    yAxis: [
      namedValueAxis(look, chart.unit),
      {
        ...shares,
        min: 0,
        max: 1,
        interval: 0.2,
        splitLine: { show: false },
        axisLabel: { ...shares.axisLabel, formatter: (value: number) => `${Math.round(value * 100)}%` },
      },
    ],
    series: drawn.map((one, index) => {
      const series = chart.series[index];
      return series && series === line ? cumulative(series, look) : one;
    }),
  };
}

function cumulative(series: Series, look: Look): LineSeriesOption {
  const colour = seriesColour(look.palette, 1);
  return {
    type: "line",
    name: series.label,
    yAxisIndex: 1,
    data: series.values.map((value) => (value ? place(value.raw) : "-")),
    symbol: "circle",
    symbolSize: 6,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 2 },
    cursor: look.opens ? "pointer" : "default",
    label: {
      show: series.values.length <= MAX_LABELLED_BARS,
      position: "top",
      color: look.palette.text,
      fontFamily: FONT,
      fontSize: 12,
      // Keeps the figure readable on a bar.
      textBorderColor: look.palette.surface,
      textBorderWidth: 3,
      formatter: ({ dataIndex }) => {
        const value = series.values[dataIndex];
        return value ? look.full(value.raw, PERCENT) : "";
      },
    },
    labelLayout: { moveOverlap: "shiftY" },
  };
}
