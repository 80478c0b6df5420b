import { expect, test } from "vitest";
import { compactDecimal } from "./format";

/** The same cases as report/format.rs: a figure reads the same in the window and on paper. */
test.each([
  ["0", "0", "0"],
  ["10005534.00", "1,001万", "10M"],
  ["3086111.00", "308.6万", "3.09M"],
  ["200000", "20万", "200K"],
  ["-25000.00", "−2.5万", "−25K"],
  ["9999.99", "1万", "10K"],
  ["99999999.99", "1亿", "100M"],
  ["999999.99", "100万", "1M"],
  ["125000000", "1.25亿", "125M"],
  ["0.004", "0", "0"],
  ["-0.004", "0", "0"],
  ["4238", "4,238", "4.24K"],
])("%s is short %s in 中文 and %s in English", (text, zh, en) => {
  expect(compactDecimal(text, "zh-CN")).toBe(zh);
  expect(compactDecimal(text, "en")).toBe(en);
});
