/** A grid of values in one hue: people by weeks, cohorts by age. */
import type { Category, Chart, Series } from "../../backend/generated";
import { formatPercent } from "../../components/format";
import type { ChartOption, CustomSeriesOption } from "../echarts";
import { base, categoryAxis, FONT, isGrid, place, roughWidth } from "./look";
import type { Look } from "./look";

const NAME_PX = 130;
/** A figure needs this much height. */
const FIGURE_PX = 14;

export function heatOption(chart: Chart, look: Look): ChartOption {
  const shared = base(look);
  const columns = categoryAxis(look, chart.categories.map((category) => category.label));
  const rows = categoryAxis(look, chart.series.map((series) => series.label));
  const plain = { axisLine: { show: false } };
  return {
    ...shared,
    grid: { left: 4, right: 4, top: 4, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      ...shared.tooltip,
      trigger: "item",
      formatter: (params) => cellTooltip(chart, look, (Array.isArray(params) ? params[0] : params)?.dataIndex ?? 0),
    },
    xAxis: { ...columns, ...plain, position: "top" },
    yAxis: {
      ...rows,
      ...plain,
      inverse: true,
      axisLabel: { ...rows.axisLabel, color: look.palette.text, width: NAME_PX, overflow: "truncate" },
    },
    series: [cells(chart, look)],
  };
}

/** What a mark's position stands for: a category, or in a grid a cell, counted row by row. */
export function cellAt(chart: Chart, index: number): { category: Category | undefined; series: Series | undefined } {
  if (!isGrid(chart)) return { category: chart.categories[index], series: undefined };
  const columns = chart.categories.length;
  return { category: chart.categories[index % columns], series: chart.series[Math.floor(index / columns)] };
}

/** Row, column and the exact figure. */
export function cellTooltip(chart: Chart, look: Look, index: number): string {
  const { series, category } = cellAt(chart, index);
  const value = series?.values[index % chart.categories.length];
  return `${series?.label ?? ""}\n${category?.label ?? ""}  ${value ? look.full(value.raw, chart.unit) : look.words.unknown}`;
}

/** From where to where the colours go, exactly: the values with zero among them. */
export function heatRange(chart: Chart): [string, string] {
  const values = chart.series.flatMap((series) => series.values.flatMap((value) => (value ? [value.raw] : [])));
  return values.reduce<[string, string]>(
    ([low, high], raw) => [place(raw) < place(low) ? raw : low, place(raw) > place(high) ? raw : high],
    ["0", "0"],
  );
}

/** Which of the colours a value has: all steps are equally wide. As `draw/heat.rs` does it. */
export function heatStep(value: number, [low, high]: readonly [number, number], steps: number): number {
  if (high <= low) return 0;
  return Math.min(steps - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * steps)));
}

/** Whether an unknown value is one that is still to come: the end of a cohort's row. */
function isAhead(chart: Chart, series: Series, column: number): boolean {
  return chart.kind === "cohort" && series.values.slice(column).every((value) => value === null);
}

/** What stands in cells too narrow for the figure: whole per cents; the pointer and the table have the digit. */
function shortOf(raw: string, text: string, { unit }: Chart): string {
  return unit.kind === "percent" ? formatPercent(raw, 0) : text;
}

function cells(chart: Chart, look: Look): CustomSeriesOption {
  const { heat, muted } = look.palette;
  const [low, high] = heatRange(chart);
  const range = [place(low), place(high)] as const;
  const all = chart.series.flatMap((series, row) =>
    series.values.map((value, column) => {
      const step = heat[value ? heatStep(place(value.raw), range, heat.length) : 0];
      const missing = isAhead(chart, series, column) ? "" : "—";
      const text = value ? look.compact(value.raw, chart.unit) : missing;
      return { row, column, value, text, short: value ? shortOf(value.raw, text, chart) : text, step };
    }),
  );
  // Some cells with and some without a figure would look like a finding, and so would some with fewer digits.
  const widest = Math.max(0, ...all.map((cell) => roughWidth(cell.text)));
  const widestShort = Math.max(0, ...all.map((cell) => roughWidth(cell.short)));
  return {
    type: "custom",
    cursor: look.opens ? "pointer" : "default",
    data: all.map((cell) => [cell.column, cell.row, cell.value ? place(cell.value.raw) : "-"]),
    encode: { x: 0, y: 1 },
    renderItem: (params, api) => {
      const cell = all[params.dataIndex];
      const size = api.size?.([1, 1]);
      if (!cell || !cell.text || !Array.isArray(size)) return null;
      const [width = 0, height = 0] = size;
      const [x = 0, y = 0] = api.coord([cell.column, cell.row]);
      const shape = { x: x - width / 2, y: y - height / 2, width: Math.max(width - 1, 1), height: Math.max(height - 1, 1) };
      const isShort = widest + 4 > width;
      const fits = cell.value ? (isShort ? widestShort : widest) + 4 <= width && height >= FIGURE_PX : width >= 10;
      return {
        type: "group",
        children: [
          { type: "rect", shape, style: { fill: cell.value ? (cell.step?.fill ?? "none") : "transparent" } },
          {
            type: "text",
            silent: true,
            ignore: !fits,
            style: {
              text: isShort ? cell.short : cell.text,
              x,
              y,
              align: "center",
              verticalAlign: "middle",
              fill: cell.value ? (cell.step?.ink ?? muted) : muted,
              font: `12px ${FONT}`,
            },
          },
        ],
      };
    },
  };
}
