import { describe, expect, it } from "vitest";

import { createI18n, type Language } from "../i18n";
import { children, containing, daysLabel, lastDay, parent, parsePeriod, periodLabel, periods, shift, type Kind } from "./period";

describe("keys", () => {
  it("name the same days as the program's calendar", () => {
    const check = (key: string, start: string, end: string) => {
      const period = parsePeriod(key);
      expect([period?.key, period?.start, period?.end], key).toEqual([key, start, end]);
    };
    check("2018", "2018-01-01", "2019-01-01");
    check("2018-Q4", "2018-10-01", "2019-01-01");
    check("2018-02", "2018-02-01", "2018-03-01");
    check("2018-01/W05", "2018-01-29", "2018-02-01");
    check("2018-02/W05", "2018-02-01", "2018-02-05");
    check("2018-12/W01", "2018-12-31", "2019-01-01");
    check("2021-01/W53", "2021-01-01", "2021-01-04");
    check("2018-W05", "2018-01-29", "2018-02-05");
  });

  it("that name nothing are refused", () => {
    for (const bad of ["", "18", "2018-Q5", "2018-13", "2018-00", "2018-01/W09", "2018-1", "2018-W54", "2018-W00", "0001"]) {
      expect(parsePeriod(bad), bad).toBeNull();
    }
  });
});

it("days are named by the period that they are, else by the first and the last", () => {
  const { t } = createI18n("en");
  for (const [from, to, label] of [
    ["2017-01-01", "2018-01-01", "2017"],
    ["2017-04-01", "2017-07-01", "Q2 2017"],
    ["2016-02-01", "2016-03-01", "Feb 2016"],
    ["2026-11-23", "2026-11-30", "W48 2026"],
    ["2017-04-01", "2017-07-02", "2017-04-01 – 2017-07-01"],
    ["2018-12-31", "2019-01-01", "2018-12-31"],
  ] as const) {
    expect(daysLabel({ from, to }, t, "en")).toBe(label);
  }
});

describe("nesting", () => {
  it("puts every day of ten years into exactly one period of each kind", () => {
    for (const kind of ["year", "quarter", "month", "cut_week", "iso_week"] satisfies Kind[]) {
      const all = periods(kind, "2016-01-01", "2026-01-01");
      for (const [index, period] of all.entries()) {
        if (index > 0) expect(period.start, `${kind}: no gap, no overlap`).toBe(all[index - 1]?.end);
        expect(parsePeriod(period.key), "a key reads back").toEqual(period);
      }
    }
  });

  it("goes down and up again", () => {
    const year = containing("year", "2018-06-15");
    expect(children(year).map((child) => child.key)).toEqual(["2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4"]);
    for (const month of children(year).flatMap(children)) {
      for (const week of children(month)) expect(parent(week)).toEqual(month);
    }
    expect(parent(containing("iso_week", "2018-06-15"))).toBeNull();
  });

  it("steps over the ends of years", () => {
    expect(shift(containing("quarter", "2018-11-01"), 1).key).toBe("2019-Q1");
    expect(shift(containing("month", "2018-01-31"), -1).key).toBe("2017-12");
    expect(shift(containing("iso_week", "2018-12-31"), -1).key).toBe("2018-W52");
    expect(lastDay(containing("month", "2024-02-01"))).toBe("2024-02-29");
  });
});

it("labels are in both languages", () => {
  const label = (key: string, language: Language) => periodLabel(key, createI18n(language).t, language);
  expect(["2017-Q2", "2017", "2026-W48", "2018-03", "2018-12/W01"].map((key) => label(key, "zh-CN"))).toEqual([
    "2017年第2季度",
    "2017年",
    "2026年第48周",
    "2018年3月",
    "2018年12月 第1周",
  ]);
  expect(["2017-Q2", "2017", "2026-W48", "2018-03"].map((key) => label(key, "en"))).toEqual([
    "Q2 2017",
    "2017",
    "W48 2026",
    "Mar 2018",
  ]);
  expect(["2018-H2", "FY2026@04", "FY2026-H1@04", "FY2026-Q4@04-end", "FY2026-P01/W05@02-454-nearest-sun"].map((key) => label(key, "zh-CN"))).toEqual([
    "2018年下半年",
    "2026财年",
    "2026财年上半年",
    "2026财年第4季度",
    "2026财年第1期 第5周",
  ]);
  expect(["2018-H1", "FY2026@04", "FY2026-H2@04", "FY2026-Q4@04", "FY2026-P12@04", "FY2026-P01/W05@04"].map((key) => label(key, "en"))).toEqual([
    "H1 2018",
    "FY2026",
    "H2 FY2026",
    "Q4 FY2026",
    "Mar 2027",
    "W5, Apr 2026",
  ]);
  expect(label("FY2026@", "en")).toBe("FY2026@");
  expect(label("nonsense", "en")).toBe("nonsense");
});
