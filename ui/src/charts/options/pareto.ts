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
  const end = paretoEnd(chart);
  // Both axes end at the same share of the whole: the line starts at the end of the first bar and runs through no other.
  const cut = { splitLine: { lineStyle: { color: look.palette.line, width: 1 }, showMaxLine: false } };
  return {
    ...bars,
    legend: legend(look, chart.series.map((series) => series.label)),
    xAxis: nameAxis(look, chart),
    yAxis: [
      {
        ...namedValueAxis(look, chart.unit),
        min: 0,
        ...(end && { max: end.top, ...cut }),
        axisLabel: { ...valueAxis(look, chart.unit).axisLabel, ...(end && { showMaxLabel: false }) },
      },
      {
        ...shares,
        min: 0,
        max: end?.share ?? 1,
        interval: (end?.share ?? 1) / 5,
        splitLine: { show: false },
        axisLabel: { ...shares.axisLabel, formatter: (value: number) => `${Math.round(value * 100)}%` },
      },
    ],
    series: drawn.map((one, index) => {
      const series = chart.series[index];
      const of = series && series === line ? cumulative(series, look) : firstInside(one, end !== null, look);
      // In a narrow card figures would lie on each other; the pointer and the table tell those that go.
      return { ...of, labelLayout: of.type === "bar" && end ? insideOrGone : { hideOverlap: true } };
    }),
  };
}

/** Where the axes end: of the bars, and as a share of the whole. As `Chart::pareto_end` of the Rust side. */
export function paretoEnd(chart: Chart): { top: number; share: number } | null {
  const [actual, shares] = chart.series;
  const last = shares?.values.findLast((value) => value !== null);
  if (!last || place(last.raw) === 0) return null;
  const sum = (actual?.values ?? []).reduce((all, value) => all + (value ? place(value.raw) : 0), 0);
  // A share is exact; its fifths are not, by a hair.
  const share = Math.ceil(place(last.raw) * 5 - 1e-9) / 5;
  return { top: (sum / place(last.raw)) * share, share };
}

/** The point of the first place is the end of its bar, so the bar's figure stands inside. */
function firstInside<T extends { type?: string; data?: unknown }>(bars: T, hasLine: boolean, look: Look): T {
  if (!hasLine || bars.type !== "bar" || !Array.isArray(bars.data)) return bars;
  const inside = { position: "insideTop", color: look.palette.surface, distance: 6 };
  return { ...bars, data: bars.data.map((value: unknown, index) => (index === 0 ? { value, label: inside } : value)) };
}

/** The first bar may be narrower than its figure, which would lie on the numbers of the axis: then it has none. */
export function insideOrGone({ dataIndex, rect, labelRect }: { dataIndex?: number; rect: { width: number }; labelRect: { width: number } }) {
  return { hideOverlap: true, ...(dataIndex === 0 && labelRect.width > rect.width && { fontSize: 0 }) };
}

/** Left of the first point are the numbers of the axis: its figure stands over it, with a seam where the line rises through. */
function pointOf(value: number | "-", index: number, look: Look) {
  if (index > 0) return value;
  return { value, label: { align: "center" as const, offset: [0, 0], textBorderColor: look.palette.surface, textBorderWidth: 3 } };
}

function cumulative(series: Series, look: Look): LineSeriesOption {
  const colour = seriesColour(look.palette, 1);
  return {
    type: "line",
    name: series.label,
    yAxisIndex: 1,
    data: series.values.map((value, index) => pointOf(value ? place(value.raw) : "-", index, look)),
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
      // Left above the point: the line rises to the right.
      position: "top",
      align: "right",
      offset: [8, 0],
      formatter: ({ dataIndex }) => {
        const value = series.values[dataIndex];
        return value ? look.full(value.raw, PERCENT) : "";
      },
    },
  };
}
