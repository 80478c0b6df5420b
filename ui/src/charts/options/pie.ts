/** Shares of a whole, each slice labelled with its name and share. */
import { OTHER_KEY, type Chart } from "../../backend/generated";
import type { ChartOption } from "../echarts";
import { parseExact, sumDecimals } from "../../components/format";
import { seriesColour } from "../palette";
import { base, FONT, place } from "./look";
import type { Look } from "./look";

/** From the pie to a label's line: more than half of its two lines, so that no label lies on the pie. */
const LABEL_GAP = 18;

export function pieOption(chart: Chart, look: Look): ChartOption {
  const values = chart.series[0]?.values ?? [];
  const whole = isWhole(values);
  const shares = sharesOf(chart).map((share) => (share === null ? "" : look.full(share, { kind: "percent" })));
  const shared = base(look);
  return {
    ...shared,
    tooltip: {
      ...shared.tooltip,
      trigger: "item",
      formatter: (params) => {
        const index = Array.isArray(params) ? 0 : params.dataIndex;
        const value = values[index];
        const figure = value ? look.full(value.raw, chart.unit) : look.words.unknown;
        return `${chart.categories[index]?.label ?? ""}\n${figure}  ${shares[index] ?? ""}`;
      },
    },
    series: [
      {
        type: "pie",
        name: chart.series[0]?.label ?? "",
        radius: "62%",
        center: ["50%", whole ? WHOLE_CENTRE : "50%"],
        startAngle: 90,
        // Slices too thin to hit keep a visible edge.
        minAngle: 2,
        avoidLabelOverlap: true,
        cursor: look.opens ? "pointer" : "default",
        itemStyle: { borderColor: look.palette.surface, borderWidth: 2 },
        emphasis: { scale: false, itemStyle: { opacity: 0.85 } },
        label: {
          color: look.palette.text,
          fontFamily: FONT,
          fontSize: 12,
          lineHeight: 17,
          // Beside all of the pie a narrow card has no room: its label stands below, over the whole width.
          ...(whole ? { position: "center" as const, width: WHOLE_LABEL_PX, overflow: "truncate" as const } : { alignTo: "labelLine" as const }),
          formatter: ({ dataIndex }) =>
            `${chart.categories[dataIndex]?.label ?? ""}\n{share|${shares[dataIndex] ?? ""}}`,
          rich: { share: { color: look.palette.muted, fontSize: 12, fontFamily: FONT, lineHeight: 17 } },
        },
        labelLine: { show: !whole, length: LABEL_GAP, length2: 8, lineStyle: { color: look.palette.line } },
        labelLayout: whole
          ? ({ rect }) => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height + 22, align: "center", verticalAlign: "middle" })
          : { hideOverlap: false },
        data: chart.categories.map((category, index) => {
          const value = values[index];
          const amount = value ? place(value.raw) : 0;
          return {
            name: category.label,
            value: amount,
            // Beside a whole pie parts of nothing have no place; the table tells them.
            ...(whole && amount === 0 && { label: { show: false } }),
            itemStyle: {
              color: category.key === OTHER_KEY ? look.palette.other : seriesColour(look.palette, index),
            },
          };
        }),
      },
    ],
  };
}

/** A pie of one slice leaves room for its label below. */
const WHOLE_CENTRE = "42%";
const WHOLE_LABEL_PX = 190;

/** Whether one slice is all of the pie. */
function isWhole(values: Chart["series"][number]["values"]): boolean {
  return values.filter((value) => value !== null && place(value.raw) > 0).length === 1;
}

/** The exact share of each slice as `n/d`; null for an unknown one, or where the whole is zero. */
export function sharesOf(chart: Chart): (string | null)[] {
  const values = chart.series[0]?.values ?? [];
  const whole = parseExact(sumDecimals(values.flatMap((value) => (value ? [value.raw] : []))));
  return values.map((value) => {
    const part = value && parseExact(value.raw);
    if (!part || !whole || whole.n <= 0n) return null;
    return `${part.n * whole.d}/${part.d * whole.n}`;
  });
}
