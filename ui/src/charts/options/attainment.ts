/** Ratios against a dashed line at 100 %, which they may pass: nothing is clamped. */
import type { Chart } from "../../backend/generated";
import type { ChartOption } from "../echarts";
import { seriesColour } from "../palette";
import { FONT, place } from "./look";
import type { Look } from "./look";
import { rowsOption } from "./rows";

export function attainmentOption(chart: Chart, look: Look): ChartOption {
  const option = rowsOption(chart, look, seriesColour(look.palette, 0));
  const [bars] = Array.isArray(option.series) ? option.series : [];
  if (bars?.type !== "bar") return option;
  const names = option.yAxis as Record<string, unknown> & { axisLabel: object };
  return {
    ...option,
    grid: { ...option.grid, top: 26, right: 8 },
    // Figures have a column of their own at the right, so that the goal's line runs through none.
    yAxis: [
      names,
      { ...names, position: "right", axisLine: { show: false }, axisLabel: { ...names.axisLabel, interval: 0, hideOverlap: false, formatter: (index: string) => figure(chart, look, Number(index)) } },
    ] as NonNullable<ChartOption["yAxis"]>,
    xAxis: { ...option.xAxis, ...ticks(chart, look) } as ChartOption["xAxis"],
    series: [
      {
        ...bars,
        label: { show: false },
        markLine: {
          silent: true,
          symbol: "none",
          data: [{ xAxis: 1 }],
          lineStyle: { type: [4, 3], color: look.palette.goal, width: 1.5 },
          label: {
            formatter: `${look.words.goal} 100%`,
            color: look.palette.muted,
            fontFamily: FONT,
            fontSize: 12,
            // The rows run downwards, so the start of the line is on top.
            position: "start",
          },
        },
      },
    ],
  };
}

function figure(chart: Chart, look: Look, index: number): string {
  const value = chart.series.find((series) => series.role === "actual")?.values[index];
  return value ? look.compact(value.raw, chart.unit) : look.words.unknown;
}

/** Steps between ticks, of which the axis has at most so many. */
const STEPS = [0.2, 0.25, 0.5, 1, 2, 5];
const MOST_TICKS = 6;

/** The axis always reaches past 100 %, and past the longest bar, and ends at a tick. */
export function axisOf(chart: Chart): { end: number; step: number } {
  const values = chart.series.flatMap((series) => series.values);
  const longest = Math.max(1, ...values.map((value) => (value ? place(value.raw) : 0)));
  const ends = (step: number) => Math.ceil((longest + 0.1) / step);
  // Beyond the last step whole tens, hundreds and so on: somebody has five times the goal, or fifty.
  const far = 10 ** Math.ceil(Math.log10(longest));
  const step = STEPS.find((one) => ends(one) <= MOST_TICKS) ?? (ends(far / 5) <= MOST_TICKS ? far / 5 : far / 2);
  // Whole millionths: six fifths are 1.2 and no 1.2000000000000002.
  return { end: Math.round(ends(step) * step * 1e6) / 1e6, step };
}

/** Whole percents: a tick needs no decimals. */
function ticks(chart: Chart, look: Look) {
  const { end, step } = axisOf(chart);
  return {
    max: end,
    interval: step,
    splitLine: { lineStyle: { color: look.palette.line, width: 1 } },
    axisLabel: {
      color: look.palette.muted,
      fontFamily: FONT,
      fontSize: 12,
      hideOverlap: true,
      formatter: (value: number) => `${Math.round(value * 100)}%`,
    },
  };
}
