/** From one total to the next by steps, each from where the one before ended. */
import type { Chart } from "../../backend/generated";
import { addExact, compareExact, parseExact, signOf } from "../../components/format";
import type { ChartOption, CustomSeriesOption } from "../echarts";
import { base, FONT, grid, legend, nameAxis, namedValueAxis, place, roughWidth } from "./look";
import type { Look } from "./look";

const MAX_BAR_PX = 56;

export function waterfallOption(chart: Chart, look: Look): ChartOption {
  const shared = base(look);
  const start = axisStart(chart);
  const axis = namedValueAxis(look, chart.unit);
  const totals = chart.series[0]?.label ?? "";
  const change = chart.series[1]?.label ?? "";
  // Colour and arrow, never a colour alone.
  const steps = [
    [`${change} ↑`, look.palette.up],
    [`${change} ↓`, look.palette.down],
  ] as const;
  return {
    ...shared,
    grid: grid(start === null ? 34 : 54),
    legend: legend(look, [totals, ...steps.map(([label]) => label)]),
    tooltip: {
      ...shared.tooltip,
      trigger: "item",
      formatter: (params) => stepTooltip(chart, look, (Array.isArray(params) ? params[0] : params)?.dataIndex ?? 0),
    },
    xAxis: nameAxis(look, chart),
    yAxis:
      start === null
        ? axis
        : {
            ...axis,
            min: place(start),
            name: [axis.name, look.words.axisFrom(look.compact(start, chart.unit))].filter(Boolean).join(" · "),
            // Under the keys, over the whole width.
            nameTextStyle: { ...axis.nameTextStyle, align: "left" as const },
          },
    series: [bars(chart, look, start), ...steps.map(([label, colour]) => legendMark(label, colour))],
  };
}

/** The place, and its total or its step with a sign. */
export function stepTooltip(chart: Chart, look: Look, index: number): string {
  const lines = chart.series.flatMap((series) => {
    const value = series.values[index];
    if (!value) return [];
    const sign = series.role === "change" && signOf(value.raw) > 0 ? "+" : "";
    return [`${series.label}  ${sign}${look.full(value.raw, chart.unit)}`];
  });
  return [chart.categories[index]?.label ?? "", ...lines].join("\n");
}

/** Where each bar begins and ends, exactly; null where neither total nor step is known. */
export function spansOf(chart: Chart): ([string, string] | null)[] {
  const [totals, changes] = chart.series;
  let running = "0";
  return chart.categories.map((_, index) => {
    const total = totals?.values[index];
    const change = changes?.values[index];
    const from = total ? "0" : running;
    if (total) running = total.raw;
    else if (change) running = addExact(running, change.raw);
    else return null;
    return [from, running];
  });
}

/** The axis is cut where all steps together take less than this part of it. */
const CUT_BELOW = 4n;
const STEPS_IN_RANGE = 4n;

/**
 * Where the axis starts if not at zero, as `n/d`: where the bars are so much alike in height that the steps would be
 * hairlines. As `Chart::axis_start` of the Rust side has it, in the same exact numbers.
 */
export function axisStart(chart: Chart): string | null {
  const totals = chart.series[0]?.values ?? [];
  const levels = spansOf(chart).flatMap((span, index) => (span === null ? [] : totals[index] ? [span[1]] : span));
  if (levels.length === 0) return null;
  const exact = (best: (order: number) => boolean) =>
    parseExact(levels.reduce((found, level) => (best(compareExact(level, found)) ? level : found)));
  const [low, high] = [exact((order) => order < 0), exact((order) => order > 0)];
  if (!low || !high) return null;
  // All on one denominator.
  const d = low.d * high.d;
  const [lowest, highest] = [low.n * high.d, high.n * low.d];
  const range = highest - lowest;
  if (lowest <= 0n || range === 0n || range * CUT_BELOW >= highest) return null;
  const step = roundUp({ n: range, d: d * STEPS_IN_RANGE });
  const whole = ((2n * lowest - range) * step.d) / (2n * d * step.n);
  return whole > 0n ? `${whole * step.n}/${step.d}` : null;
}

/** The smallest of 1, 2 and 5 times a power of ten that is not below `raw`, which is above zero. */
function roundUp(raw: { n: bigint; d: bigint }): { n: bigint; d: bigint } {
  let power = { n: 1n, d: 1n };
  const holds = (one: { n: bigint; d: bigint }) => one.n * raw.d >= raw.n * one.d;
  while (!holds(power)) power = { n: power.n * 10n, d: power.d };
  while (holds({ n: power.n, d: power.d * 10n })) power = { n: power.n, d: power.d * 10n };
  for (const part of [5n, 2n]) {
    const step = { n: power.n, d: power.d * part };
    if (holds(step)) return step;
  }
  return power;
}

/** Two slanted strips through the foot of a bar: it is not drawn in full. */
function cutMarks(x: number, half: number, bottom: number, fill: string) {
  return [9, 16].map((up) => {
    const y = bottom - up;
    const [left, right] = [x - half - 1, x + half + 1];
    const points = [
      [left, y],
      [right, y - 5],
      [right, y - 8],
      [left, y - 3],
    ];
    return { type: "polygon" as const, silent: true, shape: { points }, style: { fill } };
  });
}

/** `start` is where a cut axis begins. */
function bars(chart: Chart, look: Look, start: string | null): CustomSeriesOption {
  const { up, down, total, text, other, surface } = look.palette;
  const [totals, changes] = chart.series;
  const spans = spansOf(chart).map((span) => span && ([place(span[0]), place(span[1])] as const));
  const figures = chart.categories.map((_, index) => {
    const step = changes?.values[index];
    const value = totals?.values[index] ?? step;
    if (!value) return "";
    const figure = look.compact(value.raw, chart.unit);
    return value === step && signOf(value.raw) > 0 && /[1-9]/.test(figure) ? `+${figure}` : figure;
  });
  const widest = Math.max(0, ...figures.map(roughWidth));
  return {
    type: "custom",
    name: totals?.label ?? "",
    itemStyle: { color: total },
    cursor: look.opens ? "pointer" : "default",
    data: spans.map((span, index) => [index, span?.[0] ?? Number.NaN, span?.[1] ?? Number.NaN]),
    // Of a cut axis the ends at zero lie outside.
    encode: { x: 0, y: start === null ? [1, 2] : 2 },
    renderItem: (params, api) => {
      const [index, from, to] = [0, 1, 2].map((dimension) => Number(api.value(dimension))) as [number, number, number];
      if (Number.isNaN(from) || Number.isNaN(to)) return null;
      const size = api.size?.([1, 0]);
      const slot = (Array.isArray(size) ? size[0] : size) ?? MAX_BAR_PX;
      const half = Math.min(slot * 0.68, MAX_BAR_PX) / 2;
      const [x = 0, high = 0] = api.coord([index, Math.max(from, to)]);
      const area = params.coordSys as unknown as { y: number; height: number };
      const floor = area.y + area.height;
      const [, lowest = 0] = api.coord([index, Math.min(from, to)]);
      const low = start === null ? lowest : Math.min(lowest, floor);
      const [, level = 0] = api.coord([index, to]);
      const fill = totals?.values[index] ? total : to < from ? down : up;
      const below = Math.max(from, to) <= 0 && Math.min(from, to) < 0;
      return {
        type: "group",
        children: [
          // A step of nothing is a line and not invisible.
          { type: "rect", shape: { x: x - half, y: high, width: half * 2, height: Math.max(low - high, 1) }, style: { fill } },
          ...(start !== null && totals?.values[index] ? cutMarks(x, half, floor, surface) : []),
          {
            type: "line",
            silent: true,
            ignore: index + 1 >= spans.length,
            shape: { x1: x + half, x2: x + slot - half, y1: level, y2: level },
            style: { stroke: other, lineWidth: 1 },
          },
          {
            type: "text",
            silent: true,
            ignore: widest + 6 > slot,
            style: {
              text: figures[index] ?? "",
              x,
              y: below ? low + 4 : high - 4,
              align: "center",
              verticalAlign: below ? "top" : "bottom",
              fill: text,
              font: `12px ${FONT}`,
            },
          },
        ],
      };
    },
  };
}

/** The steps are drawn with the totals; this is their key. */
function legendMark(name: string, colour: string): CustomSeriesOption {
  return { type: "custom", name, silent: true, data: [], itemStyle: { color: colour }, renderItem: () => null };
}
