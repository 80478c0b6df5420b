/** Horizontal bars, one a row, first on top: what rankings and attainment share. */
import type { Chart } from "../../backend/generated";
import type { BarSeriesOption, ChartOption } from "../echarts";
import { base, categoryAxis, FONT, grid, place, valueAxis } from "./look";
import type { Look } from "./look";

/** What stands at the end of a row's bar. */
type Figure = (index: number) => string;

/** `beside` is the room right of the longest bar, in pixels. */
export function rowsOption(chart: Chart, look: Look, colour: string, figure?: Figure, beside = 56): ChartOption {
  const series = chart.series.find((one) => one.role === "actual");
  const shared = base(look);
  const axis = categoryAxis(look, chart.categories.map((category) => category.label));
  return {
    ...shared,
    grid: grid(8, beside),
    tooltip: {
      ...shared.tooltip,
      trigger: "item",
      formatter: (params) => {
        const index = Array.isArray(params) ? params[0]?.dataIndex : params.dataIndex;
        return rowTooltip(chart, look, index ?? 0);
      },
    },
    xAxis: valueAxis(look, chart.unit),
    yAxis: {
      ...axis,
      inverse: true,
      axisLabel: { ...axis.axisLabel, color: look.palette.text, width: 130, overflow: "truncate" },
    },
    series: series ? [rows(chart, series.values, series.label, look, colour, figure)] : [],
  };
}

/** The row in words; unknown is said, never shown as zero. */
export function rowTooltip(chart: Chart, look: Look, index: number): string {
  const series = chart.series.find((one) => one.role === "actual");
  const value = series?.values[index];
  const figure = value ? look.full(value.raw, chart.unit) : look.words.unknown;
  return `${chart.categories[index]?.label ?? ""}\n${series?.label ?? ""}  ${figure}`;
}

function rows(
  chart: Chart,
  values: Chart["series"][number]["values"],
  name: string,
  look: Look,
  colour: string,
  figure: Figure = (index) => {
    const value = values[index];
    return value ? look.compact(value.raw, chart.unit) : look.words.unknown;
  },
): BarSeriesOption {
  return {
    type: "bar",
    name,
    data: values.map((value) => ({
      value: value ? place(value.raw) : "-",
      // The figure stands at the bar's free end, on either side of zero.
      label: { position: value && place(value.raw) < 0 ? ("left" as const) : ("right" as const) },
    })),
    itemStyle: { color: colour, borderRadius: 2 },
    barMaxWidth: 18,
    cursor: look.opens ? "pointer" : "default",
    emphasis: { itemStyle: { opacity: 0.8 } },
    label: {
      show: true,
      color: look.palette.text,
      fontFamily: FONT,
      fontSize: 12,
      formatter: ({ dataIndex }) => figure(dataIndex),
    },
  };
}
