/** From one total to the next by steps, each from where the one before ended. */
import type { Chart } from "../../backend/generated";
import { addExact, signOf } from "../../components/format";
import type { ChartOption, CustomSeriesOption } from "../echarts";
import { base, FONT, grid, legend, nameAxis, namedValueAxis, place, roughWidth } from "./look";
import type { Look } from "./look";

const MAX_BAR_PX = 56;

export function waterfallOption(chart: Chart, look: Look): ChartOption {
  const shared = base(look);
  const totals = chart.series[0]?.label ?? "";
  const change = chart.series[1]?.label ?? "";
  // Colour and arrow, never a colour alone.
  const steps = [
    [`${change} ↑`, look.palette.up],
    [`${change} ↓`, look.palette.down],
  ] as const;
  return {
    ...shared,
    grid: grid(34),
    legend: legend(look, [totals, ...steps.map(([label]) => label)]),
    tooltip: {
      ...shared.tooltip,
      trigger: "item",
      formatter: (params) => stepTooltip(chart, look, (Array.isArray(params) ? params[0] : params)?.dataIndex ?? 0),
    },
    xAxis: nameAxis(look, chart),
    yAxis: namedValueAxis(look, chart.unit),
    series: [bars(chart, look), ...steps.map(([label, colour]) => legendMark(label, colour))],
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

function bars(chart: Chart, look: Look): CustomSeriesOption {
  const { up, down, total, text, other } = look.palette;
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
    encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const [index, from, to] = [0, 1, 2].map((dimension) => Number(api.value(dimension))) as [number, number, number];
      if (Number.isNaN(from) || Number.isNaN(to)) return null;
      const size = api.size?.([1, 0]);
      const slot = (Array.isArray(size) ? size[0] : size) ?? MAX_BAR_PX;
      const half = Math.min(slot * 0.68, MAX_BAR_PX) / 2;
      const [x = 0, high = 0] = api.coord([index, Math.max(from, to)]);
      const [, low = 0] = api.coord([index, Math.min(from, to)]);
      const [, level = 0] = api.coord([index, to]);
      const fill = totals?.values[index] ? total : to < from ? down : up;
      const below = Math.max(from, to) <= 0 && Math.min(from, to) < 0;
      return {
        type: "group",
        children: [
          // A step of nothing is a line and not invisible.
          { type: "rect", shape: { x: x - half, y: high, width: half * 2, height: Math.max(low - high, 1) }, style: { fill } },
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
