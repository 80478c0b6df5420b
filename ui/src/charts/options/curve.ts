/** The payout curve of a bonus plan: attainment across, share of the target bonus up. Jumps stay vertical. */
import type { CurvePoint } from "../../backend/generated";
import type { ChartOption } from "../echarts";
import { seriesColour } from "../palette";
import { base, FONT, grid, valueAxis } from "./look";
import type { Look } from "./look";

const PERCENT = { kind: "percent" } as const;

export interface CurveWords {
  attainment: string;
  payout: string;
}

export function curveOption(points: readonly CurvePoint[], look: Look, words: CurveWords): ChartOption {
  const shared = base(look);
  const axis = valueAxis(look, PERCENT);
  const colour = seriesColour(look.palette, 0);
  const name = { nameTextStyle: { color: look.palette.muted, fontSize: 12 }, nameGap: 10 };
  const label = { ...axis.axisLabel, formatter: (value: number) => `${value}%` };
  return {
    ...shared,
    grid: { ...grid(30, 20), bottom: 26 },
    tooltip: {
      ...shared.tooltip,
      trigger: "axis",
      formatter: (params) => {
        const point = points[(Array.isArray(params) ? params[0] : params)?.dataIndex ?? 0];
        return point
          ? `${words.attainment}  ${short(point.attainment_percent)}\n${words.payout}  ${short(point.payout_percent)}`
          : "";
      },
    },
    xAxis: {
      ...axis,
      ...name,
      axisLabel: label,
      min: 0,
      max: Math.max(...points.map((point) => Number(point.attainment_percent))),
      name: words.attainment,
      nameLocation: "middle",
      nameGap: 26,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: look.palette.line } },
    },
    yAxis: { ...axis, ...name, axisLabel: label, name: words.payout, nameTextStyle: { ...name.nameTextStyle, align: "left" } },
    series: [
      {
        type: "line",
        data: points.map((point) => [Number(point.attainment_percent), Number(point.payout_percent)]),
        symbol: "circle",
        symbolSize: 5,
        showSymbol: false,
        lineStyle: { color: colour, width: 2 },
        itemStyle: { color: colour },
        areaStyle: { color: colour, opacity: 0.1 },
        markLine: {
          silent: true,
          symbol: "none",
          data: [{ xAxis: 100 }],
          lineStyle: { type: [4, 3], color: look.palette.goal, width: 1.5 },
          label: { formatter: `${look.words.goal} 100%`, color: look.palette.muted, fontFamily: FONT, fontSize: 12 },
        },
      },
    ],
  };
}

/** `80.0000` as `80%`. */
export function short(percent: string): string {
  return `${percent.includes(".") ? percent.replace(/\.?0+$/, "") : percent}%`;
}
