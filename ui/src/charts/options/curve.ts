/**
 * The payout curve of a component: attainment or amount across, payout up. Jumps stay vertical; where it jumps and
 * falls is marked by a shape and a word, and so are cap and floor.
 */
import type { CurvePoint, ValueUnit } from "../../backend/generated";
import type { ChartOption, LineSeriesOption } from "../echarts";
import { seriesColour } from "../palette";
import { base, FONT, grid, tickText, valueAxis } from "./look";
import type { Look } from "./look";

/** A place on the curve that wants to be seen. */
export interface CurveMark {
  /** As the points' x. */
  x: string;
  kind: "cliff" | "fall";
}

/** Somebody on the curve. */
export interface CurvePerson {
  /** As the points' x. */
  x: string;
  /** Where they are drawn, in major units. */
  payout: string;
  name: string;
  /** What they are paid, in major units: on the curve's scale it may be another amount. */
  paid: string;
}

export interface Curve {
  points: readonly CurvePoint[];
  /** What x is: `attainment` in percent, else an amount or a number of things. */
  by: "attainment" | ValueUnit;
  currency: string;
  marks: readonly CurveMark[];
  /** Payout in major units. */
  cap: string | null;
  floor: string | null;
  /** Whether the payout goes by the target bonus, so that its share says something. */
  onTarget: boolean;
  people?: readonly CurvePerson[];
}

export interface CurveWords {
  x: string;
  payout: string;
  share: string;
  cap: string;
  floor: string;
  cliff: string;
  fall: string;
}

export function curveOption(curve: Curve, look: Look, words: CurveWords): ChartOption {
  const shared = base(look);
  const money: ValueUnit = { kind: "money", currency: curve.currency };
  const axis = valueAxis(look, money);
  const muted = { color: look.palette.muted, fontSize: 12 };
  const tick = (value: number) => (curve.by === "attainment" ? `${value}%` : look.compact(tickText(value), curve.by));
  return {
    ...shared,
    grid: { ...grid(34, 24), bottom: 26 },
    tooltip: {
      ...shared.tooltip,
      trigger: "axis",
      formatter: (params) => {
        const shown = Array.isArray(params) ? params.find((one) => one.seriesIndex === 0) : params;
        const point = curve.points[shown?.dataIndex ?? -1];
        const near = (Array.isArray(params) ? params : [params]).filter((one) => one.seriesIndex === PEOPLE);
        const people = near.flatMap(({ dataIndex }) => peopleWords(curve, dataIndex, look));
        return [point ? pointWords(point, curve, look, words) : "", ...people].filter(Boolean).join("\n");
      },
    },
    xAxis: {
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: tick },
      min: 0,
      max: Math.max(...curve.points.map(({ x }) => Number(x)), ...(curve.people ?? []).map(({ x }) => Number(x))),
      name: words.x,
      nameLocation: "middle",
      nameGap: 26,
      nameTextStyle: muted,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: look.palette.line } },
    },
    yAxis: {
      ...axis,
      name: [words.payout, look.unitLabel(money)].filter(Boolean).join(" "),
      nameGap: 12,
      nameTextStyle: { ...muted, align: "left" },
    },
    series: [line(curve, look, words), marked(curve, look, words), ...(curve.people ? [dots(curve, look)] : [])],
  };
}

/** Place of the people among the series. */
const PEOPLE = 2;

/** A dot each; where many lie on each other they are darker. */
function dots(curve: Curve, look: Look): LineSeriesOption {
  return {
    type: "line",
    data: (curve.people ?? []).map(({ x, payout }) => [Number(x), Number(payout)]),
    lineStyle: { opacity: 0 },
    symbol: "circle",
    symbolSize: 7,
    showSymbol: true,
    showAllSymbol: true,
    itemStyle: { color: seriesColour(look.palette, 1), opacity: 0.55 },
    z: 3,
  };
}

/** Names beside the pointer, at most. */
const MAX_NAMES = 5;

/** Those who lie where the pointer is. */
function peopleWords(curve: Curve, at: number, look: Look): string[] {
  const here = curve.people?.[at];
  if (!here) return [];
  const money: ValueUnit = { kind: "money", currency: curve.currency };
  const there = (curve.people ?? []).filter((one) => one.x === here.x && one.payout === here.payout);
  const named = there.slice(0, MAX_NAMES).map((one) => `${one.name}  ${look.full(one.paid, money)}`);
  return there.length > named.length ? [...named, `… +${there.length - named.length}`] : named;
}

function line(curve: Curve, look: Look, words: CurveWords): LineSeriesOption {
  const colour = seriesColour(look.palette, 0);
  const money: ValueUnit = { kind: "money", currency: curve.currency };
  const level = (value: string, word: string) => ({
    yAxis: Number(value),
    label: { formatter: `${word} ${look.compact(value, money)}`, position: "insideEndTop" as const },
  });
  return {
    type: "line",
    data: curve.points.map(({ x, payout }) => [Number(x), Number(payout)]),
    symbol: "circle",
    symbolSize: 5,
    showSymbol: false,
    lineStyle: { color: colour, width: 2 },
    itemStyle: { color: colour },
    areaStyle: { color: colour, opacity: 0.1 },
    markLine: {
      silent: true,
      symbol: "none",
      data: [
        ...(curve.by === "attainment" ? [{ xAxis: 100, label: { formatter: `${look.words.goal} 100%`, distance: 14 } }] : []),
        ...(curve.cap === null ? [] : [level(curve.cap, words.cap)]),
        ...(curve.floor === null ? [] : [level(curve.floor, words.floor)]),
      ],
      lineStyle: { type: [4, 3], color: look.palette.goal, width: 1.5 },
      label: { color: look.palette.muted, fontFamily: FONT, fontSize: 12 },
    },
  };
}

/** Triangles that point up where the payout jumps and down where it falls, with the word beside them. */
function marked(curve: Curve, look: Look, words: CurveWords): LineSeriesOption {
  const places = curve.marks.flatMap((mark) => {
    const at = curve.points.filter(({ x }) => Number(x) === Number(mark.x)).map(({ payout }) => Number(payout));
    return at.length > 0 ? [{ ...mark, top: Math.max(...at) }] : [];
  });
  const markOf = ({ x, kind, top }: (typeof places)[number]) => {
    const fall = kind === "fall";
    const color = fall ? look.palette.down : look.palette.muted;
    const position = fall ? ("right" as const) : ("left" as const);
    return {
      value: [Number(x), top],
      symbol: "triangle",
      symbolRotate: fall ? 180 : 0,
      symbolSize: fall ? 11 : 8,
      itemStyle: { color },
      label: { show: true, position, distance: 6, formatter: fall ? words.fall : words.cliff, color, fontFamily: FONT, fontSize: 12 },
    };
  };
  return {
    type: "line",
    silent: true,
    tooltip: { show: false },
    lineStyle: { opacity: 0 },
    showSymbol: true,
    z: 4,
    data: [...places.map(markOf), ...levels(curve)],
    labelLayout: { hideOverlap: true },
  };
}

/** Points that are not seen: they keep cap and floor within the axis. */
function levels({ cap, floor }: Curve) {
  return [cap, floor].flatMap((level) => (level === null ? [] : [{ value: [0, Number(level)], symbol: "none" }]));
}

/** The x of a point in words: `80%`, `¥500,000`. */
export function xWords(point: CurvePoint, curve: Pick<Curve, "by">, look: Pick<Look, "full">): string {
  return curve.by === "attainment" ? short(point.x) : look.full(plain(point.x), curve.by);
}

function pointWords(point: CurvePoint, curve: Curve, look: Look, words: CurveWords): string {
  const lines = [
    `${words.x}  ${xWords(point, curve, look)}`,
    `${words.payout}  ${look.full(point.payout, { kind: "money", currency: curve.currency })}`,
    ...(curve.onTarget ? [`${words.share}  ${short(point.payout_percent)}`] : []),
  ];
  return lines.join("\n");
}

/** `80.0000` as `80%`. */
export function short(percent: string): string {
  return `${plain(percent)}%`;
}

/** Without the zeros at the end of a decimal. */
function plain(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
