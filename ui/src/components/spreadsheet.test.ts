import { expect, test } from "vitest";
import { toTsv, type Column } from "./DataTable";
import { defuse } from "./spreadsheet";

test.each(["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "＝1", "-2-3", " =1+1", "\u3000=1", "\n=1", "\t1"])("%s is no formula any more", (text) => {
  expect(defuse(text)).toBe(`'${text}`);
});

test.each(["-5", "+1,234.50", "2017", "-", "—", "王伟", ""])("%s stays as it is", (text) => {
  expect(defuse(text)).toBe(text);
});

test("a copied table runs nothing, and its amounts stay numbers", () => {
  const columns: Column<{ name: string; amount: string }>[] = [
    { key: "name", title: "Name", text: (row) => row.name },
    { key: "amount", title: "Amount", text: (row) => row.amount, numeric: true },
  ];
  const rows = [{ name: '=HYPERLINK("http://x","pay")', amount: "-12.00" }];
  expect(toTsv(columns, rows)).toBe(`Name\tAmount\n'=HYPERLINK("http://x","pay")\t-12.00`);
});
