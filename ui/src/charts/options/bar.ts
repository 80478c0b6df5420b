/** Vertical bars over time or categories; goals are dashed marks across them, unknown places a grey band. */
import type { Chart, Series } from "../../backend/generated";
import type { BarSeriesOption, ChartOption, CustomSeriesOption } from "../echarts";
import { seriesColour } from "../palette";
import { base, FONT, grid, legend, namedValueAxis, place, timeAxis, unitOf } from "./look";
import type { Look } from "./look";

/** Up to this many bars each carries its figure; more would run into each other. */
export const MAX_LABELLED_BARS = 13;

export function barOption(chart: Chart, look: Look): ChartOption {
  const manySeries = chart.series.length > 1;
  const shared = base(look);
  return {
    ...shared,
    grid: grid(34),
    legend: manySeries
      ? legend(look, chart.series.map((series) => ({ name: series.label, ...(series.role === "goal" && { icon: DASHES }) })))
      : { show: false },
    tooltip: {
      ...shared.tooltip,
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: look.palette.unknown } },
      formatter: (params) => {
        const first = Array.isArray(params) ? params[0] : params;
        return barTooltip(chart, look, first?.dataIndex ?? 0);
      },
    },
    xAxis: timeAxis(look, chart),
    yAxis: namedValueAxis(look, chart.unit),
    series: [
      ...chart.series.map((series, index) =>
        series.role === "goal" ? goalMarks(series, look) : bars(chart, series, index, look),
      ),
      ...chart.series.filter((series) => series.role === "actual").map((series) => unknownBands(series, look)),
    ],
  };
}

/** The goal's mark in the legend, as it is drawn across the bars. */
const DASHES = "path://M0 3h4v2h-4z M5 3h4v2h-4z M10 3h4v2h-4z M0 0h0v8h0z";

/** The words beside the pointer: the place, then each series with its exact figure. */
export function barTooltip(chart: Chart, look: Look, index: number): string {
  const lines = chart.series.map((series) => {
    const value = series.values[index];
    return `${series.label}  ${value ? look.full(value.raw, unitOf(chart, series)) : look.words.unknown}`;
  });
  return [chart.categories[index]?.label ?? "", ...lines].join("\n");
}

export function bars(chart: Chart, series: Series, index: number, look: Look): BarSeriesOption {
  const colour = seriesColour(look.palette, series.role === "previous" ? 0 : index);
  const drawnAsBars = chart.series.filter((one) => one.role !== "cumulative").length;
  const labelled = chart.categories.length * drawnAsBars <= MAX_LABELLED_BARS;
  return {
    type: "bar",
    name: series.label,
    data: series.values.map((value) => (value ? place(value.raw) : "-")),
    itemStyle: {
      color: colour,
      opacity: series.role === "previous" ? 0.35 : 1,
      borderRadius: [2, 2, 0, 0],
    },
    // Neighbouring bins touch: between them there is nothing.
    ...(chart.kind === "distribution" ? { barCategoryGap: "1%" } : { barMaxWidth: 36, barCategoryGap: "28%" }),
    cursor: look.opens ? "pointer" : "default",
    emphasis: { itemStyle: { opacity: 0.8 } },
    label: {
      show: labelled,
      position: "top",
      color: look.palette.text,
      fontFamily: FONT,
      fontSize: 12,
      formatter: ({ dataIndex }) => {
        const value = series.values[dataIndex];
        return value ? look.compact(value.raw, chart.unit) : "";
      },
    },
    labelLayout: ({ dataIndex, rect, labelRect }) => ({
      hideOverlap: true,
      dy: clearOfGoals(chart, series, dataIndex ?? 0, rect.height, labelRect.height),
    }),
  };
}

/** From a bar's end to the foot of its figure. */
const LABEL_GAP_PX = 5;

/** How far up a bar's figure moves so that no goal's mark runs through it: to above the mark. `barPx` is the bar's height. */
export function clearOfGoals(chart: Chart, series: Series, index: number, barPx: number, labelPx: number): number {
  const value = series.values[index];
  const end = value ? place(value.raw) : 0;
  if (end <= 0 || barPx <= 0) return 0;
  const goals = chart.series.filter((one) => one.role === "goal").map((one) => one.values[index]);
  const beyond = goals.map((goal) => (goal ? ((place(goal.raw) - end) / end) * barPx : -1));
  const crossing = beyond.filter((px) => px >= 0 && px < labelPx + LABEL_GAP_PX + 2);
  return crossing.length === 0 ? 0 : -Math.max(...crossing);
}

/** Narrower runs have no room for the words; the note under the chart says it then. */
const MIN_LABELLED_BAND_PX = 48;

/** Grey bands over runs of places without data, as wide as the places are. */
function unknownBands(series: Series, look: Look): CustomSeriesOption {
  return {
    type: "custom",
    silent: true,
    z: 0,
    tooltip: { show: false },
    // The second number keeps the band out of the extent of the values.
    data: unknownRuns(series).map(([from, to]) => [from, 0, to]),
    encode: { x: 0, y: 1 },
    renderItem: (params, api) => {
      const size = api.size?.([1, 0]);
      const width = (Array.isArray(size) ? size[0] : size) ?? 0;
      const [left = 0] = api.coord([api.value(0), 0]);
      const [right = 0] = api.coord([api.value(2), 0]);
      const area = params.coordSys as unknown as { y: number; height: number };
      const [x, span] = [left - width / 2, right - left + width];
      return {
        type: "group",
        children: [
          { type: "rect", shape: { x, y: area.y, width: span, height: area.height }, style: { fill: look.palette.unknown } },
          {
            type: "text",
            ignore: span < MIN_LABELLED_BAND_PX,
            style: {
              text: look.words.unknown,
              x: x + span / 2,
              // Goals are drawn across the upper part.
              y: area.y + area.height - 8,
              align: "center",
              verticalAlign: "bottom",
              fill: look.palette.muted,
              font: `12px ${FONT}`,
            },
          },
        ],
      };
    },
  };
}

/** Runs of unknown values as first and last index. */
export function unknownRuns(series: Series): [number, number][] {
  const runs: [number, number][] = [];
  series.values.forEach((value, index) => {
    if (value) return;
    const last = runs.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  });
  return runs;
}

/** A dashed mark across the bar at the goal. */
function goalMarks(series: Series, look: Look): CustomSeriesOption {
  return {
    type: "custom",
    name: series.label,
    itemStyle: { color: look.palette.goal },
    silent: true,
    z: 5,
    data: series.values.map((value, index) => [index, value ? place(value.raw) : Number.NaN]),
    renderItem: (_, api) => {
      const goal = api.value(1);
      if (Number.isNaN(Number(goal))) return null;
      const [x = 0, y = 0] = api.coord([api.value(0), goal]);
      const size = api.size?.([1, 0]);
      const half = ((Array.isArray(size) ? size[0] : size) ?? 20) * 0.42;
      return {
        type: "line",
        shape: { x1: x - half, x2: x + half, y1: y, y2: y },
        style: { stroke: look.palette.goal, lineWidth: 1.5, lineDash: [4, 3] },
      };
    },
  };
}
