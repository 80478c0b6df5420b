/** Stages in order, each with its share of the stage before. */
import type { Chart } from "../../backend/generated";
import { parseExact } from "../../components/format";
import type { ChartOption } from "../echarts";
import { seriesColour } from "../palette";
import { roughWidth, type Look } from "./look";
import { rowsOption, rowTooltip } from "./rows";

export function funnelOption(chart: Chart, look: Look): ChartOption {
  const values = chart.series[0]?.values ?? [];
  const steps = stepsOf(chart).map((step) => step && look.words.step(look.full(step, { kind: "percent" })));
  const figure = (index: number) => {
    const value = values[index];
    const count = value ? look.compact(value.raw, chart.unit) : look.words.unknown;
    return [count, steps[index]].filter(Boolean).join(" · ");
  };
  const beside = Math.max(56, ...values.map((_, index) => roughWidth(figure(index)) + 12));
  const option = rowsOption(chart, look, seriesColour(look.palette, 0), figure, beside);
  return {
    ...option,
    tooltip: {
      ...option.tooltip,
      formatter: (params: { dataIndex: number } | { dataIndex: number }[]) => {
        const index = (Array.isArray(params) ? params[0]?.dataIndex : params.dataIndex) ?? 0;
        return [rowTooltip(chart, look, index), steps[index]].filter(Boolean).join("\n");
      },
    } as NonNullable<ChartOption["tooltip"]>,
  };
}

/** Of each stage the exact share of the stage before as `n/d`; null for the first, beside an unknown one, after zero. */
export function stepsOf(chart: Chart): (string | null)[] {
  const values = chart.series[0]?.values ?? [];
  return values.map((value, index) => {
    const before = values[index - 1];
    const part = value && parseExact(value.raw);
    const whole = before && parseExact(before.raw);
    return part && whole && whole.n !== 0n ? `${part.n * whole.d}/${part.d * whole.n}` : null;
  });
}
