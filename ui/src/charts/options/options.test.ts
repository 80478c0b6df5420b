/** What is drawn agrees with the description: every value, in its place, unknown never as zero. */
import { init } from "../echarts";
import { describe, expect, test } from "vitest";
import { OTHER_KEY, type Chart, type Series } from "../../backend/generated";
import { formatPercent } from "../../components/format";
import { chartPalette } from "../palette";
import { axisOf } from "./attainment";
import { barTooltip, clearOfGoals, unknownRuns } from "./bar";
import { chartOption, isEmpty, minHeight, type Look } from ".";
import { curveOption, short, type Curve } from "./curve";
import { place } from "./look";
import { insideOrGone, paretoEnd } from "./pareto";
import { sharesOf } from "./pie";
import { rowTooltip } from "./rows";
import { axisStart } from "./waterfall";

const look: Look = {
  palette: chartPalette("light"),
  compact: (raw) => `~${raw}`,
  full: (raw) => `=${raw}`,
  unitLabel: () => "¥",
  words: { unknown: "no data", goal: "Goal", total: "Total", step: (share) => `step ${share}`, axisFrom: (start) => `from ${start}` },
  animate: false,
  opens: true,
};

const series = (role: Series["role"], ...values: (string | null)[]): Series => ({
  key: role,
  label: role,
  role,
  values: values.map((raw) => (raw === null ? null : { raw })),
});

const chart = (kind: Chart["kind"], ...all: Series[]): Chart => ({
  id: "test",
  kind,
  title: "Test",
  subtitle: null,
  unit: kind === "attainment" ? { kind: "percent" } : { kind: "money", currency: "CNY" },
  categories: (all[0]?.values ?? []).map((_, index) => ({ key: `k${index}`, label: `L${index}` })),
  series: all,
  note: null,
});

/** The drawn series, loosely typed: what ECharts is given. */
function drawn(of: Chart): Record<string, any>[] {
  return chartOption(of, look).series as Record<string, any>[];
}

test("bars stand at their values; an unknown one is absent, a zero one is zero", () => {
  const [bars, , bands] = drawn(chart("bar", series("actual", "3086111.00", null, "0", "-5.50"), series("goal", "1", "2", null, "4")));
  expect(bars?.data).toEqual([3086111, "-", 0, -5.5]);
  expect(bands?.data).toEqual([[1, 0, 1]]);
});

test("goals are marks at their values, and none where there is no goal", () => {
  const [, goals] = drawn(chart("bar", series("actual", "1", "2"), series("goal", "7.25", null)));
  expect(goals?.data).toEqual([
    [0, 7.25],
    [1, Number.NaN],
  ]);
  expect(goals?.type).toBe("custom");
});

test("the pointer says the exact figure, and says unknown", () => {
  const bar = chart("bar", series("actual", "12345678901234.56", null));
  expect(barTooltip(bar, look, 0)).toBe("L0\nactual  =12345678901234.56");
  expect(barTooltip(bar, look, 1)).toBe("L1\nactual  no data");
  expect(rowTooltip(chart("h_bar", series("actual", null)), look, 0)).toBe("L0\nactual  no data");
});

test("unknown runs are joined", () => {
  expect(unknownRuns(series("actual", null, null, "1", null))).toEqual([
    [0, 1],
    [3, 3],
  ]);
});

test("a goal's mark runs through no figure: the figure stands above it", () => {
  const bar = chart("bar", series("actual", "100", "100", "100"), series("goal", "110", "150", "99"));
  const [bars] = bar.series;
  if (!bars) throw new Error("no bars");
  // A bar of 100 px: the first goal is 10 px above its end, where the figure is.
  expect(clearOfGoals(bar, bars, 0, 100, 12)).toBeCloseTo(-10);
  expect(clearOfGoals(bar, bars, 1, 100, 12)).toBe(0);
  expect(clearOfGoals(bar, bars, 2, 100, 12)).toBe(0);
});

test("what is expected does not look like what happened, on the line and in the key", () => {
  const option = chartOption(chart("trend", series("actual", "1", null), series("forecast", null, "2")), look) as Record<string, any>;
  const [actual, forecast] = option.legend.data;
  expect(actual.icon).not.toBe(forecast.icon);
  const [line, expected] = option.series;
  expect(line.lineStyle.type).not.toBe(expected.lineStyle.type);
  expect(line.itemStyle.color).not.toBe(expected.itemStyle.color);
  // The key has the line's colour, and not that of its hollow points.
  expect(forecast.itemStyle.color).toBe(line.itemStyle.color);
});

test("the axis of a waterfall starts near totals that are alike, and says so", () => {
  const steps = (last: string, ...between: string[]) =>
    chart("waterfall", series("actual", "1000", ...between.map(() => null), last), series("change", null, ...between, null));
  expect(axisStart(steps("1010", "30", "-20"))).toBe("980/1");
  expect(axisStart(steps("1400", "600", "-200")), "steps that are seen").toBeNull();
  expect(axisStart(steps("1000", "0")), "no steps").toBeNull();
  expect(axisStart(steps("-10", "-1000", "-10")), "through zero").toBeNull();
  const option = chartOption(steps("1010", "30", "-20"), look) as Record<string, any>;
  expect(option.yAxis.min).toBe(980);
  expect(option.yAxis.name).toContain("from ~980");
});

test("the axes of a Pareto chart end at one share of the whole", () => {
  expect(paretoEnd(chart("pareto", series("actual", "6", "4"), series("cumulative", "3/5", "1")))).toEqual({ top: 10, share: 1 });
  // The first two of many: 30 of 100.
  const some = paretoEnd(chart("pareto", series("actual", "20", "10"), series("cumulative", "1/5", "3/10")));
  expect(some?.top).toBeCloseTo(40);
  expect(some?.share).toBeCloseTo(0.4);
});

test("attainment passes 100 % unclamped, with a dashed line at exactly 100 %", () => {
  const attainment = chart("attainment", series("actual", "7/4", "1/2", null));
  const [bars] = drawn(attainment);
  expect(bars?.data.map((one: { value: unknown }) => one.value)).toEqual([1.75, 0.5, "-"]);
  expect(bars?.markLine.data).toEqual([{ xAxis: 1 }]);
  expect(bars?.markLine.lineStyle.type).toEqual([4, 3]);
  expect(axisOf(attainment).end).toBeGreaterThan(1.75);
});

test("the axis of attainment passes the longest bar and ends at a tick, with few of them", () => {
  for (const longest of ["0", "1/10", "1", "11/10", "27/20", "7/4", "3", "9", "37", "412", "98765"]) {
    const { end, step } = axisOf(chart("attainment", series("actual", longest, null)));
    expect(end, longest).toBeGreaterThan(Math.max(1, place(longest)));
    expect(Math.abs(end / step - Math.round(end / step)), longest).toBeLessThan(1e-6);
    expect(end / step, longest).toBeLessThanOrEqual(6.001);
    expect(step, "100 % is a tick or between two").toBeGreaterThan(0);
  }
});

/** What is written of 14 weeks, the tenth of which is not over, in a card so wide. */
function writtenOfWeeks(kind: "bar" | "trend", width: number): string[] {
  const weeks = { ...chart(kind, series("actual", ...Array.from({ length: 14 }, (_, at) => String(at + 1)))), under_way: "k9" };
  weeks.categories.forEach((week, at) => (week.label = at === 9 ? "2026年第49周（至今）" : `第${at + 40}周`));
  const picture = init(null, null, { renderer: "svg", ssr: true, width, height: 300 });
  picture.setOption(chartOption(weeks, { ...look, width }));
  const texts = [...picture.renderToSVGString().matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? "");
  picture.dispose();
  return texts.filter((text) => text.includes("周"));
}

test("what is not over is named in a card of any width, and more are named where there is room", () => {
  for (const kind of ["bar", "trend"] as const) {
    const counts = [360, 440, 560, 720, 880, 1200].map((width) => {
      const written = writtenOfWeeks(kind, width);
      expect(written, `${kind} ${width}`).toContain("2026年第49周（至今）");
      return written.length;
    });
    expect(counts, kind).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1), kind).toBeGreaterThan(counts[0] ?? 0);
  }
});

test("rows keep their order from the top, and two of one label stay two", () => {
  const ranking = chart("h_bar", series("actual", "3", "2", "1"));
  ranking.categories.forEach((category) => (category.label = "王伟"));
  const option = chartOption(ranking, look) as Record<string, any>;
  expect(option.yAxis.inverse).toBe(true);
  expect(new Set(option.yAxis.data).size).toBe(3);
});

test("slices carry exact shares and their own colour; only the rest is grey", () => {
  const pie = chart("pie", series("actual", "1.00", "1.00", "1.00"));
  pie.categories[2] = { key: OTHER_KEY, label: "Other" };
  expect(sharesOf(pie).map((share) => place(share ?? ""))).toEqual([1 / 3, 1 / 3, 1 / 3]);
  const [slices] = drawn(pie);
  expect(slices?.data.map((slice: { value: number }) => slice.value)).toEqual([1, 1, 1]);
  const colours = slices?.data.map((slice: { itemStyle: { color: string } }) => slice.itemStyle.color);
  expect(colours).toEqual([look.palette.series[0], look.palette.series[1], look.palette.other]);
});

/** All that is written in a cohort chart of thirteen months, in a card so wide. */
function writtenInCohorts(width: number): string[] {
  const rates = Array.from({ length: 13 }, (_, age) => `${age * 3 + 2}/50`);
  const cohorts = { ...chart("cohort", series("actual", ...rates)), unit: { kind: "percent" as const } };
  const percent = { ...look, compact: (raw: string) => formatPercent(raw) };
  const picture = init(null, null, { renderer: "svg", ssr: true, width, height: 300 });
  picture.setOption(chartOption(cohorts, percent));
  const svg = new DOMParser().parseFromString(picture.renderToSVGString(), "text/html");
  picture.dispose();
  return [...svg.querySelectorAll("text")].map((text) => text.textContent ?? "");
}

test("narrow cells of a cohort have whole per cents, and no cell is without a figure", () => {
  expect(writtenInCohorts(1100)).toEqual(expect.arrayContaining(["4.0%", "76.0%"]));
  // As wide as beside its table in a window of 1280 px.
  const narrow = writtenInCohorts(500).filter((text) => text.endsWith("%"));
  expect(narrow).toHaveLength(13);
  expect(narrow).toEqual(expect.arrayContaining(["4%", "76%"]));
});

test("the first bar of a Pareto chart has its figure where it is as wide", () => {
  const bar = (width: number) => ({ dataIndex: 0, rect: { width }, labelRect: { width: 40 } });
  expect(insideOrGone(bar(44))).not.toHaveProperty("fontSize");
  expect(insideOrGone(bar(24))).toHaveProperty("fontSize", 0);
  expect(insideOrGone({ ...bar(24), dataIndex: 1 })).not.toHaveProperty("fontSize");
});

/** The boxes of the written lines and the ring of a pie of some size, as ECharts draws it. */
function drawnPie(values: string[], width: number, height: number, name = "L") {
  const picture = init(null, null, { renderer: "svg", ssr: true, width, height });
  const pie = chart("pie", series("actual", ...values));
  pie.categories.forEach((category, index) => (category.label = `${name}${index}`));
  picture.setOption(chartOption(pie, look));
  const svg = new DOMParser().parseFromString(picture.renderToSVGString(), "text/html");
  picture.dispose();
  const boxes = [...svg.querySelectorAll("text")].map((text) => {
    const [x = 0, middle = 0] = [...(text.getAttribute("transform") ?? "").matchAll(/-?[\d.]+/g)].map(Number);
    const y = middle + Number(text.getAttribute("y") ?? 0);
    const widthPx = (text.textContent?.length ?? 0) * 6;
    const anchor = text.getAttribute("text-anchor");
    const left = anchor === "end" ? x - widthPx : anchor === "middle" ? x - widthPx / 2 : x;
    return { text: text.textContent, left, right: left + widthPx, top: y - 7, bottom: y + 7 };
  });
  const whole = values.filter((value) => Number(value) > 0).length === 1;
  return { boxes, ring: { x: width / 2, y: height * (whole ? 0.42 : 0.5), radius: (Math.min(width, height) / 2) * 0.62 } };
}

test.each([
  ["one slice", ["5.00"]],
  ["one slice and an empty one", ["5.00", "0.00"]],
  ["one that is nearly all", ["980.00", "20.00"]],
  ["halves", ["5.00", "5.00"]],
  ["six", ["29", "21", "14", "13", "12", "11"]],
])("no label of a pie lies on its ring: %s", (_, values) => {
  for (const [width, height] of [[400, 240], [330, 260], [560, 300]] as const) {
    const { boxes, ring } = drawnPie(values, width, height);
    expect(boxes.length).toBeGreaterThanOrEqual(2);
    for (const box of boxes) {
      const dx = Math.max(box.left - ring.x, 0, ring.x - box.right);
      const dy = Math.max(box.top - ring.y, 0, ring.y - box.bottom);
      expect(Math.hypot(dx, dy), `${box.text} in ${width}x${height}`).toBeGreaterThan(ring.radius);
      expect(box.left, `${box.text} in ${width}x${height}`).toBeGreaterThanOrEqual(0);
      expect(box.right, `${box.text} in ${width}x${height}`).toBeLessThanOrEqual(width);
    }
  }
});

test("the one slice of a pie keeps its whole name in a narrow card", () => {
  const { boxes } = drawnPie(["5.00"], 230, 220, "Enterprise customers ");
  expect(boxes.map((box) => box.text)).toEqual(["Enterprise customers 0", "=50000/50000"]);
  for (const box of boxes) expect([box.left >= 0, box.right <= 230, box.bottom <= 220]).toEqual([true, true, true]);
});

test("a pie of nothing has no shares", () => {
  expect(sharesOf(chart("pie", series("actual", "0.00", null)))).toEqual([null, null]);
});

test("a chart without any known value is empty; rows get room for their names", () => {
  expect(isEmpty(chart("bar", series("actual", null, null)))).toBe(true);
  expect(isEmpty(chart("bar", series("actual", "0", null)))).toBe(false);
  const many = chart("h_bar", series("actual", ...Array.from({ length: 40 }, () => "1")));
  expect(minHeight(many)).toBeGreaterThan(40 * 20);
});

describe("the payout curve", () => {
  const words = { x: "x", payout: "payout", share: "share", cap: "cap", floor: "floor", cliff: "jump", fall: "fall" };
  const point = (x: string, payout: string) => ({ x, payout, payout_percent: String(Number(payout) / 100) });
  const curve: Curve = {
    points: [point("0.0000", "0.00"), point("80.0000", "0.00"), point("80.0000", "5000.00"), point("120.0000", "5000.00"), point("120.0000", "4000.00")],
    by: "attainment",
    currency: "CNY",
    marks: [{ x: "80", kind: "cliff" }, { x: "120", kind: "fall" }, { x: "999", kind: "fall" }],
    cap: "12000.00",
    floor: null,
    onTarget: true,
  };
  const optionOf = (one: Curve) => curveOption(one, look, words) as Record<string, any>;

  test("goes through the program's points, its jumps upright", () => {
    expect(optionOf(curve).series[0].data).toEqual([[0, 0], [80, 0], [80, 5000], [120, 5000], [120, 4000]]);
  });

  test("is marked where it jumps and falls, by shape and word, and at its cap", () => {
    const option = optionOf(curve);
    const seen = option.series[1].data.filter((one: any) => one.symbol !== "none");
    const marks = seen.map((one: any) => [...one.value, one.symbolRotate, one.label.formatter]);
    expect(marks, "what lies beyond the curve has no mark").toEqual([[80, 5000, 0, "jump"], [120, 5000, 180, "fall"]]);
    const lines = option.series[0].markLine.data;
    expect(lines.map((one: any) => one.yAxis ?? `x ${one.xAxis}`)).toEqual(["x 100", 12000]);
    const height = Math.max(...option.series[1].data.map((one: any) => one.value[1]));
    expect(height, "the cap is in sight").toBe(12000);
  });

  test("says payout and share of a point; by amount without a goal line, and without a share of what is not paid on", () => {
    const said = optionOf(curve).tooltip.formatter([{ seriesIndex: 1, dataIndex: 0 }, { seriesIndex: 0, dataIndex: 2 }]);
    expect(said).toBe("x  80%\npayout  =5000.00\nshare  50%");
    const amount = optionOf({ ...curve, by: { kind: "money", currency: "CNY" }, onTarget: false, cap: null });
    expect(amount.series[0].markLine.data).toEqual([]);
    expect(amount.tooltip.formatter([{ seriesIndex: 0, dataIndex: 2 }])).toBe("x  =80\npayout  =5000.00");
  });

  test("writes percentages short", () => {
    expect(["80.0000", "100", "33.3330"].map(short)).toEqual(["80%", "100%", "33.333%"]);
  });
});
