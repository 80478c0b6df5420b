/** Grids and waterfalls as tables, and what a mark of a grid opens: figures are reachable without the picture. */
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Chart, Series } from "../backend/generated";
import { renderPart } from "../test/render";
import { heatSteps } from "../theme";
import { ChartTable } from "./ChartTable";
import { cellAt, chartOption, isEmpty, minHeight } from "./options";
import { heatStep } from "./options/heat";
import { stepsOf } from "./options/funnel";
import { spansOf } from "./options/waterfall";
import cohort from "./options/samples/cohort.json";
import waterfall from "./options/samples/waterfall.json";
import { init } from "./echarts";
import { lookOf } from "./useLook";

const cohorts = cohort.en.chart as unknown as Chart;
const bridge = waterfall.en.chart as unknown as Chart;
const words = { unknown: "no data", goal: "Goal", total: "Total", axisFrom: (start: string) => start, step: (share: string) => `${share} of previous` };

test("a cohort's table has the cohorts as rows; a figure opens its cohort and age", async () => {
  const onOpen = vi.fn();
  renderPart(<ChartTable chart={cohorts} onOpen={onOpen} />, "en");
  const row = (await screen.findByRole("rowheader", { name: cohorts.series[1]?.label })).closest("tr") as HTMLElement;
  expect(within(row).getAllByRole("cell")).toHaveLength(cohorts.categories.length);
  await userEvent.click(within(row).getAllByRole("button")[2] as HTMLElement);
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(cohorts.categories[2]?.key, cohorts.series[1]?.key);
});

test("a step of a waterfall has no total, which is not said to be unknown", async () => {
  renderPart(<ChartTable chart={bridge} />, "en");
  const region = await screen.findByRole("region");
  expect(region).toHaveTextContent("New customers");
  expect(region).not.toHaveTextContent("no data");
});

test("a mark of a grid is its row and column, of another chart its place", () => {
  const columns = cohorts.categories.length;
  expect(cellAt(cohorts, columns * 2 + 1)).toEqual({ category: cohorts.categories[1], series: cohorts.series[2] });
  expect(cellAt(bridge, 3)).toEqual({ category: bridge.categories[3], series: undefined });
});

test("spans and steps are exact, with ratios and beside unknown ones", () => {
  const values = (...raw: (string | null)[]) => raw.map((one) => (one === null ? null : { raw: one }));
  const of = (role: Series["role"], ...raw: (string | null)[]): Series => ({ key: role, label: role, role, values: values(...raw) });
  const categories = ["a", "b", "c", "d"].map((key) => ({ key, label: key }));
  const chart = { ...bridge, categories, series: [of("actual", "1/3", null, null, "1/2"), of("change", null, "1/3", "-1/6", null)] };
  expect(spansOf(chart)).toEqual([["0", "1/3"], ["1/3", "2/3"], ["2/3", "1/2"], ["0", "1/2"]]);
  expect(stepsOf({ ...chart, kind: "funnel", series: [of("actual", "0", "3", null, "1")] })).toEqual([null, null, null, null]);
  expect(stepsOf({ ...chart, kind: "funnel", series: [of("actual", "4", "3", "0", "1")] })).toEqual([null, "3/4", "0/3", null]);
});

test.each(["funnel", "heat_map", "cohort", "pareto", "distribution", "waterfall"] as const)("%s: hostile values are drawn or said, never NaN", (kind) => {
  const roles: Series["role"][] = kind === "pareto" ? ["actual", "cumulative"] : kind === "waterfall" ? ["actual", "change"] : ["actual"];
  const long = "Featherstonehaugh 华南及港澳台大客户 ".repeat(12);
  const build = (raw: (string | null)[][]): Chart => ({
    ...bridge,
    kind,
    categories: (raw[0] ?? []).map((_, index) => ({ key: `k${index}`, label: long })),
    series: roles.map((role, index) => ({ key: role, label: long, role, values: (raw[index] ?? []).map((one) => (one === null ? null : { raw: one })) })),
  });
  const none = build(roles.map(() => []));
  expect(isEmpty(none)).toBe(true);
  const waterfalls = kind === "waterfall" ? [[["5"], [null]], [["0", null, "0"], [null, "0", null]], [["-5", null, "-12"], [null, "-7", null]]] : [];
  const others = kind === "waterfall" ? [] : [roles.map(() => ["0"]), roles.map(() => ["0", "0", "0"]), roles.map(() => [null, null])];
  for (const chart of [none, ...[...waterfalls, ...others].map(build)]) {
    const picture = init(null, null, { renderer: "svg", ssr: true, width: 320, height: minHeight(chart) });
    picture.setOption(chartOption(chart, lookOf("dark", "zh-CN", words, false, false)));
    expect(picture.renderToSVGString()).not.toMatch(/NaN|Infinity|undefined/);
    picture.dispose();
  }
});

test("figures have a contrast of 4.5 on every step of a heat map, in both themes", () => {
  const luminance = (hex: string) => {
    const part = (at: number) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
  };
  for (const steps of Object.values(heatSteps)) {
    for (const { fill, ink } of steps) {
      const [low = 0, high = 0] = [luminance(fill), luminance(ink)].toSorted((a, b) => a - b);
      expect((high + 0.05) / (low + 0.05), fill).toBeGreaterThanOrEqual(4.5);
    }
  }
  expect([-5, 0, 24.9, 75, 100].map((value) => heatStep(value, [0, 100], 4))).toEqual([0, 0, 0, 3, 3]);
  expect(heatStep(0, [0, 0], 6)).toBe(0);
});
