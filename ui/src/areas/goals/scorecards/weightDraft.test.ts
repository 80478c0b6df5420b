import { expect, test } from "vitest";

import { goalText, ONE, readShare, shareShown, shareText, shareToSend, sum } from "./exact";
import { balanced, placeOf, rowsOf, settingsOf, totalOf, wrongsOf, type WeightRow } from "./weightDraft";

const row = (key: number, weight: string, metric: string | null = `m${key}`, cap = ""): WeightRow => ({ key, metric, weight, cap });
const rows = (...weights: string[]) => weights.map((weight, key) => row(key, weight));
const weightsOf = (all: readonly WeightRow[]) => all.map(({ weight }) => weight);

test.each([
  ["60", "3/5", "60%"],
  ["12.5%", "1/8", "12.5%"],
  ["１２％", "3/25", "12%"],
  ["1/3", "1/3", "1/3"],
])("%j is %s of the whole, and is sent as %j", (text, share, sent) => {
  const { n, d } = readShare(text) ?? { n: 0n, d: 1n };
  expect(`${n}/${d}`).toBe(share);
  expect(shareToSend(text)).toBe(sent);
});

test.each(["", "x", "1/0", "1/3%", "60%%", "1.2.3"])("%j is no share", (text) => expect(readShare(text)).toBeNull());

test("a share without a finite decimal stays a fraction, so that saving it again changes nothing", () => {
  const third = { n: 1n, d: 3n };
  expect([shareText(third), shareShown(third), shareShown({ n: 1n, d: 8n })]).toEqual(["1/3", "1/3", "12.5%"]);
  const kept = { metric: "a", name: { zh: "a", en: "a" }, direction: "higher", weight: "1/3", weight_shown: "1/3", cap: "6/5", cap_shown: "120%" };
  expect(settingsOf(rowsOf([kept]))).toEqual([{ metric: "a", weight: "1/3", cap: "120%" }]);
});

test("the value of a goal is written in the unit of the KPI", () => {
  expect([goalText("7/20", "ratio"), goalText("240001/2", "money"), goalText("12", "count"), goalText("1/3", "days")]).toEqual(["35%", "120000.5", "12", "1/3"]);
});

test("the total is exact, and says what is missing or too much", () => {
  expect(shareShown(totalOf(rows("60", "35")).rest)).toBe("5%");
  expect(shareShown(totalOf(rows("60", "45.5")).rest)).toBe("-5.5%");
  expect(totalOf(rows("1/3", "1/3", "1/3"))).toMatchObject({ rest: { n: 0n }, readable: true });
  expect(totalOf(rows("100", "0")).readable, "a weight of zero is none").toBe(false);
});

test("each field says what is wrong with it", () => {
  const all = [row(0, "60"), row(1, "x", null), row(2, "-5", "m0"), row(3, "40", "m3", "0")];
  expect([...wrongsOf(all)]).toEqual([
    [1, { metric: "metric", weight: "weight" }],
    [2, { metric: "twice", weight: "positive" }],
    [3, { cap: "cap" }],
  ]);
});

test("empty weights get what is missing, the others stay", () => {
  expect(weightsOf(balanced(rows("60", "", "")))).toEqual(["60", "20", "20"]);
  expect(weightsOf(balanced(rows("", "", "")))).toEqual(["33.4", "33.3", "33.3"]);
});

test("without empty ones all are scaled, and without anything left an empty one counts as the mean", () => {
  expect(weightsOf(balanced(rows("60", "35")))).toEqual(["63.2", "36.8"]);
  expect(weightsOf(balanced(rows("100", "")))).toEqual(["50", "50"]);
});

test("balanced weights total exactly 100 %, all above zero, whatever was typed", () => {
  let seed = 11;
  const next = (below: number) => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((seed / 4_294_967_296) * below);
  };
  const kinds = [() => "", () => `${next(200)}`, () => `${next(100)}.${next(10_000)}`, () => `1/${next(9) + 1}`, () => "0.0001", () => "x", () => "-3"];
  for (let run = 0; run < 500; run += 1) {
    const typed = rows(...Array.from({ length: next(9) + 1 }, () => kinds[next(kinds.length)]?.() ?? ""));
    const after = balanced(typed);
    const shares = after.map(({ weight }) => readShare(weight));
    expect(shares.every((share) => share !== null && share.n > 0n), weightsOf(typed).join(" ")).toBe(true);
    expect(sum(shares.map((share) => share ?? { n: 0n, d: 1n })), weightsOf(typed).join(" ")).toEqual(ONE);
  }
});

test.each([
  ["kpi_weight_value", { metric: "m1", value: "40%" }, { row: 1, field: "weight" }],
  ["kpi_weight_value", { metric: "m1", value: "7%" }, { row: 1, field: "cap" }],
  ["kpi_weight_not_positive", { kpi: "m0", weight: "0%" }, { row: 0, field: "weight" }],
  ["kpi_cap_not_positive", { kpi: "m1", cap: "0%" }, { row: 1, field: "cap" }],
  ["kpi_neutral", { metric: "m0" }, { row: 0, field: "metric" }],
  ["not_found", { what: "metric", value: "m1" }, { row: 1, field: "metric" }],
  ["kpi_weights_below", { total: "95%", missing: "5%" }, "total"],
  ["input", { field: "from", value: "1200-01-01" }, "from"],
  ["store_failed", { detail: "disk full" }, null],
])("the refusal %s %j stands at its field", (code, params, place) => {
  expect(placeOf({ code, params: params as Record<string, string> }, [row(0, "60"), row(1, "40", "m1", "7")])).toEqual(place);
});
