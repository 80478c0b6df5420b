/**
 * The window draws what the pictures of reports draw: each sample is a chart as it travels and the words of its
 * picture, written by the test of the Rust side (`crates/report/tests/it/kinds.rs`), which looks for them there.
 */
import { expect, test } from "vitest";
import type { Chart, ChartKind } from "../../backend/generated";
import type { Language } from "../../i18n";
import type { Mode } from "../../theme";
import { init } from "../echarts";
import { lookOf } from "../useLook";
import { chartOption } from ".";
import { place } from "./look";
import attainment from "./samples/attainment.json";
import bar from "./samples/bar.json";
import cohort from "./samples/cohort.json";
import distribution from "./samples/distribution.json";
import funnel from "./samples/funnel.json";
import hBar from "./samples/h_bar.json";
import heatMap from "./samples/heat_map.json";
import pareto from "./samples/pareto.json";
import pie from "./samples/pie.json";
import trend from "./samples/trend.json";
import waterfall from "./samples/waterfall.json";

type Sample = Record<Language, { chart: Chart; labels: string[] }>;

// A kind without a sample does not compile.
const samples = {
  attainment,
  bar,
  cohort,
  distribution,
  funnel,
  h_bar: hBar,
  heat_map: heatMap,
  pareto,
  pie,
  trend,
  waterfall,
} as unknown as Record<ChartKind, Sample>;

const words = {
  "zh-CN": { unknown: "无数据", goal: "目标", total: "合计", step: (share: string) => `占上一阶段 ${share}`, axisFrom: (start: string) => `纵轴从 ${start} 起，合计柱有截断` },
  en: { unknown: "no data", goal: "Goal", total: "Total", step: (share: string) => `${share} of previous`, axisFrom: (start: string) => `Axis from ${start}: the bars of totals are cut` },
};

const cases = Object.keys(samples).flatMap((kind) =>
  (["zh-CN", "en"] as const).flatMap((language) => (["light", "dark"] as const).map((mode) => [kind, language, mode] as const)),
) as [ChartKind, Language, Mode][];

function drawn(kind: ChartKind, language: Language, mode: Mode) {
  const { chart, labels } = samples[kind][language];
  const option = chartOption(chart, lookOf(mode, language, words[language], true, false));
  const picture = init(null, null, { renderer: "svg", ssr: true, width: 960, height: 440 });
  picture.setOption(option);
  const svg = picture.renderToSVGString();
  picture.dispose();
  const texts = [...new DOMParser().parseFromString(svg, "text/html").querySelectorAll("text")];
  return { chart, labels, option, svg, texts: texts.map((text) => text.textContent ?? "") };
}

test.each(cases)("%s in %s, %s: the window says what the picture of the report says", (kind, language, mode) => {
  const { labels, texts, svg } = drawn(kind, language, mode);
  expect(svg).not.toContain("NaN");
  const written = texts.join("\n");
  for (const label of labels) expect(written, label).toContain(label);
});

/** Every number that the drawing is given, of whatever shape its data is. */
function numbers(data: unknown): number[] {
  if (typeof data === "number") return [data];
  if (Array.isArray(data)) return data.flatMap(numbers);
  return data !== null && typeof data === "object" && "value" in data ? numbers(data.value) : [];
}

test.each(cases)("%s in %s, %s: the drawing has every value of the description", (kind, language, mode) => {
  const { chart, option } = drawn(kind, language, mode);
  const series = (option.series ?? []) as { data?: unknown }[];
  const given = series.flatMap((one) => numbers(one.data));
  let running = 0;
  chart.categories.forEach((_, index) => {
    for (const one of chart.series) {
      const value = one.values[index];
      if (!value) continue;
      let expected = place(value.raw);
      // A step is drawn to where it leads, the upper end of a band from its lower one.
      if (kind === "waterfall") expected = running = one.role === "change" ? running + expected : expected;
      if (one.role === "upper") expected -= place(chart.series.find((low) => low.role === "lower")?.values[index]?.raw ?? "0");
      expect(given.some((found) => Math.abs(found - expected) < 1e-6), `${one.key} at ${index}: ${value.raw}`).toBe(true);
    }
  });
});
