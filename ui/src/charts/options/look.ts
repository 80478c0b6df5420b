/** What the options of every kind share: fonts, tooltip, axes. */
import type { Chart, Series, ValueUnit } from "../../backend/generated";
import { FONT_FAMILY } from "../../theme";
import type { ChartOption } from "../echarts";
import type { Palette } from "../palette";

export const FONT = FONT_FAMILY;

/** Everything an option needs besides the description. */
export interface Look {
  palette: Palette;
  /** Short figure for axes and labels: `308.6万`, `3.09M`. Takes a plain decimal or a ratio. */
  compact: (raw: string, unit: ValueUnit) => string;
  /** Full figure for tooltips, with its unit. */
  full: (raw: string, unit: ValueUnit) => string;
  /** What an axis says about its numbers; empty where each number says it. */
  unitLabel: (unit: ValueUnit) => string;
  words: { unknown: string; goal: string; total: string; step: (share: string) => string; axisFrom: (start: string) => string };
  animate: boolean;
  /** Marks open something: they get the hand. */
  opens: boolean;
  /** How wide the chart is, in pixels, where that is known. */
  width?: number;
}

/** The place of a value on an axis. Pixels only: what is written comes from the exact text. */
export function place(raw: string): number {
  const [numerator = "", denominator] = raw.split("/");
  return denominator === undefined ? Number(numerator) : Number(numerator) / Number(denominator);
}

/** A tick as plain decimal text; ticks are round numbers, so nothing is lost. */
export function tickText(value: number): string {
  return value.toFixed(4).replace(/\.?0+$/, "");
}

export function base(look: Look): ChartOption {
  const { tooltip, text } = look.palette;
  return {
    animation: look.animate,
    // A chart stands at once; only changes move.
    animationDuration: 0,
    animationDurationUpdate: 150,
    animationEasing: "cubicOut",
    textStyle: { fontFamily: FONT, color: text, fontSize: 12 },
    tooltip: {
      renderMode: "richText",
      backgroundColor: tooltip.background,
      borderColor: tooltip.border,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: tooltip.text, fontSize: 12, fontFamily: FONT, lineHeight: 20 },
      confine: true,
      transitionDuration: 0,
    },
  };
}

/** What the values of a series are: the chart's unit, or ratios of a whole. */
export function unitOf(chart: Chart, series: Series): ValueUnit {
  return series.role === "cumulative" ? { kind: "percent" } : chart.unit;
}

/** Whether each series is a row of a grid, and each category a column. */
export function isGrid(chart: Chart): boolean {
  return chart.kind === "heat_map" || chart.kind === "cohort";
}

/** The keys of series above the chart, at the right. */
export function legend(look: Look, data: readonly (string | { name: string; icon?: string; itemStyle?: object })[]) {
  return {
    top: 0,
    right: 0,
    itemGap: 16,
    itemWidth: 14,
    itemHeight: 8,
    selectedMode: false as const,
    textStyle: { color: look.palette.muted, fontFamily: FONT, fontSize: 12 },
    data: [...data],
  };
}

/** The value axis at the left with its unit above it. */
export function namedValueAxis(look: Look, unit: ValueUnit) {
  return {
    ...valueAxis(look, unit),
    name: look.unitLabel(unit),
    nameLocation: "end" as const,
    nameGap: 12,
    nameTextStyle: { color: look.palette.muted, align: "right" as const, fontSize: 12 },
  };
}

/** About as wide as a text of 12 px is: enough to know whether it fits into a cell. */
export function roughWidth(text: string): number {
  return [...text].reduce((width, c) => width + (c > "\u2e80" ? 12 : 6.7), 0);
}

/** The axis that carries the values, from zero, with its unit. */
export function valueAxis(look: Look, unit: ValueUnit) {
  const { muted, line } = look.palette;
  return {
    type: "value" as const,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: line, width: 1 } },
    splitNumber: 4,
    axisLabel: {
      color: muted,
      fontFamily: FONT,
      fontSize: 12,
      hideOverlap: true,
      formatter: (value: number) => look.compact(tickText(value), unit),
    },
  };
}

/** The axis that carries the places. Indices, not names: two people may share a name. */
export function categoryAxis(look: Look, labels: readonly string[]) {
  const { muted, line } = look.palette;
  return {
    type: "category" as const,
    data: labels.map((_, index) => String(index)),
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: {
      color: muted,
      fontFamily: FONT,
      fontSize: 12,
      hideOverlap: true,
      formatter: (index: string) => labels[Number(index)] ?? "",
    },
  };
}

/** A card of half the window at 1280 px. */
const USUAL_PX = 560;
/** Beside the places: the labels of the value axis. */
const BESIDE_PX = 60;
/** Between two labels. */
const BETWEEN_PX = 12;

/** Every how many labels of an axis are written, and with the one of which place: that which is not over. */
export function labelStep(chart: Chart, width: number): { step: number; from: number } {
  const from = Math.max(0, chart.categories.findIndex((category) => category.key === chart.under_way));
  const slot = Math.max(1, width - BESIDE_PX) / Math.max(1, chart.categories.length);
  const widest = Math.max(...chart.categories.map((category) => roughWidth(category.label)), 0);
  return { step: Math.max(1, Math.ceil((widest + BETWEEN_PX) / slot)), from };
}

/** The axis of time. What is not over is always named: its mark is short because of that. */
export function timeAxis(look: Look, chart: Chart) {
  const axis = categoryAxis(look, chart.categories.map((category) => category.label));
  if (chart.under_way === undefined) return axis;
  const { step, from } = labelStep(chart, look.width ?? USUAL_PX);
  return { ...axis, axisLabel: { ...axis.axisLabel, hideOverlap: false, interval: (index: number) => (index - from) % step === 0 } };
}

/** Names that stand side by side share this much, in a card of half the window. */
const NAMES_PX = 390;
const MAX_LEVEL_NAMES = 7;
const MAX_NAMES = 20;

/** The axis of names: a missing one cannot be guessed, as a date can. A few have up to two lines, more stand aslant. */
export function nameAxis(look: Look, chart: Chart) {
  const axis = categoryAxis(look, chart.categories.map((category) => category.label));
  const count = chart.categories.length;
  if (count === 0 || count > MAX_NAMES) return axis;
  if (count > MAX_LEVEL_NAMES) {
    const aslant = { interval: 0, hideOverlap: false, rotate: 35, width: 92, overflow: "truncate" as const };
    return { ...axis, axisLabel: { ...axis.axisLabel, ...aslant } };
  }
  return {
    ...axis,
    axisLabel: {
      ...axis.axisLabel,
      interval: 0,
      hideOverlap: false,
      width: Math.min(120, Math.floor(NAMES_PX / count)),
      overflow: "break" as const,
      height: 32,
      lineHeight: 16,
      lineOverflow: "truncate" as const,
    },
  };
}

/** The area of the axes; labels always fit inside. */
export function grid(top: number, right = 12) {
  return {
    left: 4,
    right,
    top,
    bottom: 4,
    outerBoundsMode: "same" as const,
    outerBoundsContain: "axisLabel" as const,
  };
}
