/** Bars from the largest down, and the line of what they come to together on an axis of its own. */
import type { Chart, Series } from "../../backend/generated";
import type { ChartOption, LineSeriesOption } from "../echarts";
import { seriesColour } from "../palette";
import { barOption, MAX_LABELLED_BARS } from "./bar";
import { FONT, legend, nameAxis, namedValueAxis, place, valueAxis } from "./look";
import type { Look } from "./look";

const PERCENT = { kind: "percent" } as const;

export function paretoOption(chart: Chart, look: Look): ChartOption {
  const line = chart.series.find((series) => series.role === "cumulative");
  const bars = barOption(chart, look);
  const drawn = Array.isArray(bars.series) ? bars.series : [];
  const shares = valueAxis(look, PERCENT);
  const values = (chart.series[0]?.values ?? []).map((value) => (value ? place(value.raw) : 0));
  const interval = roundStep(Math.max(0, ...values) / 4);
  const top = Math.max(interval, Math.ceil(Math.max(0, ...values) / interval) * interval);
  const heights = values.map((value) => value / top);
  return {
    ...bars,
    legend: legend(look, chart.series.map((series) => series.label)),
    xAxis: nameAxis(look, chart),
    yAxis: [
      { ...namedValueAxis(look, chart.unit), min: 0, max: top, interval },
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
      const of = series && series === line ? cumulative(series, heights, look) : one;
      // In a narrow card figures would lie on each other; the pointer and the table tell those that go.
      return { ...of, labelLayout: { hideOverlap: true } };
    }),
  };
}

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below. */
function roundStep(raw: number): number {
  if (raw <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return ([1, 2, 2.5, 5].find((digits) => digits * power >= raw) ?? 10) * power;
}

/** Parts of the axis within which a point's figure above it would lie on the figure of its bar; then it stands below. */
const ABOVE_BAR = 0.06;
const BELOW_TOP = 0.12;

/** `heights` are those of the bars, as parts of their axis. */
function cumulative(series: Series, heights: readonly number[], look: Look): LineSeriesOption {
  const colour = seriesColour(look.palette, 1);
  return {
    type: "line",
    name: series.label,
    yAxisIndex: 1,
    data: series.values.map((value, index) => {
      if (!value) return "-";
      const over = place(value.raw) - (heights[index] ?? 0);
      const below = over < ABOVE_BAR && over > -BELOW_TOP;
      return { value: place(value.raw), label: { position: below ? ("bottom" as const) : ("top" as const) } };
    }),
    symbol: "circle",
    symbolSize: 6,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 2 },
    cursor: look.opens ? "pointer" : "default",
    label: {
      show: series.values.length <= MAX_LABELLED_BARS,
      color: look.palette.text,
      fontFamily: FONT,
      fontSize: 12,
      // Keeps the figure readable on a bar.
      backgroundColor: look.palette.surface,
      padding: [1, 3],
      borderRadius: 2,
      formatter: ({ dataIndex }) => {
        const value = series.values[dataIndex];
        return value ? look.full(value.raw, PERCENT) : "";
      },
    },
  };
}
