import { describe, expect, it } from "vitest";

import {
  compareExact,
  formatChange,
  formatCount,
  formatDecimal,
  formatMoney,
  formatPercent,
  parseTyped,
  percentForDrawing,
  sumDecimals,
} from "./format";

/** Calls a function with each row's arguments and compares with its last value. */
function check<A extends unknown[]>(run: (...args: A) => unknown, rows: readonly (readonly [...A, unknown])[]) {
  for (const row of rows) {
    const args = row.slice(0, -1) as unknown as A;
    expect(run(...args), JSON.stringify(args)).toEqual(row.at(-1));
  }
}

describe("full figures", () => {
  it("keep every digit and use the real minus", () => {
    check(formatDecimal, [
      ["3086111.00", "3,086,111.00"],
      ["-1234.5", "−1,234.5"],
      ["0", "0"],
      ["0.00", "0.00"],
      ["999", "999"],
      ["1000", "1,000"],
      // More digits than a double has.
      ["92233720368547758.07", "92,233,720,368,547,758.07"],
      [null, "—"],
      [undefined, "—"],
    ]);
    expect(formatCount(8800)).toBe("8,800");
  });

  it("put the sign before the currency", () => {
    expect(formatMoney({ amount: "-12.34", currency: "CNY" })).toBe("−¥12.34");
    expect(formatMoney({ amount: "10005534.00", currency: "USD" })).toBe("$10,005,534.00");
    expect(formatMoney({ amount: "5.000", currency: "KWD" })).toBe("KWD 5.000");
    expect(formatMoney(null)).toBe("—");
  });
});

describe("percentages", () => {
  it("come exactly from a ratio and are never clamped", () => {
    check((ratio: string | null) => formatPercent(ratio), [
      ["7/8", "87.5%"],
      ["1", "100.0%"],
      ["5/4", "125.0%"],
      ["-1/3", "−33.3%"],
      ["1/2000", "0.1%"],
      ["1/2001", "0.0%"],
      ["12.5", "1,250.0%"],
      [null, "—"],
      ["1/0", "—"],
    ]);
    expect(formatChange("1/10")).toBe("+10.0%");
    expect(formatChange("-1/10")).toBe("−10.0%");
    expect(formatChange("0")).toBe("0.0%");
  });

  it("are cut only where they are drawn", () => {
    expect(percentForDrawing("3/1", 150)).toBe(150);
    expect(percentForDrawing("-1/2", 150)).toBe(0);
    expect(percentForDrawing("1/2", 150)).toBe(50);
  });
});

describe("exact arithmetic on texts", () => {
  it("adds and compares without a double", () => {
    expect(sumDecimals(["0.10", "0.20", "-0.3"])).toBe("0.00");
    expect(sumDecimals(["92233720368547758.07", "0.01"])).toBe("92233720368547758.08");
    expect(sumDecimals([])).toBe("0");
    expect(compareExact("1/3", "0.3333")).toBe(1);
    expect(compareExact("2", "4/2")).toBe(0);
    expect(compareExact("-1", "0")).toBe(-1);
    expect(compareExact("", "0"), "what is missing comes first").toBe(-1);
  });

  it("reads what people type, and nothing else", () => {
    check(parseTyped, [
      ["1,200.50", "1200.50"],
      ["１２００", "1200"],
      ["¥5 000", "5000"],
      ["−3", "-3"],
      ["", null],
      ["5万", null],
      ["1e5", null],
      ["1.23456", null],
    ]);
  });
});
